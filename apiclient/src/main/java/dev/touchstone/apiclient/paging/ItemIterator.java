package dev.touchstone.apiclient.paging;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The items of the pages of one iteration. For one thread. */
final class ItemIterator<P, T> implements Iterator<T> {

  private final Paginator<P, T> paginator;
  private final PageSource<P> pages;
  private Iterator<T> page = Collections.emptyIterator();
  private boolean ended;

  ItemIterator(Paginator<P, T> paginator, PageSource<P> pages) {
    this.paginator = paginator;
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      var next = pages.next();
      ended = next.isEmpty();
      next.ifPresent(each -> page = paginator.items(each).iterator());
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more items");
    }
    return page.next();
  }

  /** Ends the call that is under way, if one is. */
  void close() {
    ended = true;
    pages.close();
  }
}
