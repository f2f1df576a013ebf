package dev.touchstone.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how a long command gets on: one line that is written over on a terminal, a new line every
 * two seconds elsewhere.
 *
 * <p>Confined to one thread.
 */
final class ProgressLine implements AutoCloseable {

  private static final long TERMINAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private long shownAt;
  private boolean lineIsOpen;

  ProgressLine(PrintWriter err, Terminal terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    shownAt = nanoTime.getAsLong();
  }

  /** Returns a line on the standard error of this program. */
  static ProgressLine onStandardError(PrintWriter err) {
    return new ProgressLine(err, Terminal.ofStandardError(), System::nanoTime);
  }

  /** Shows the text, unless the last one was shown a moment ago; then the text is not asked for. */
  void show(Supplier<String> text) {
    var now = nanoTime.getAsLong();
    if (now - shownAt < (terminal.isInteractive() ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    shownAt = now;
    if (terminal.isInteractive()) {
      err.print(ERASE_LINE + clipped(text.get()));
      err.flush();
      lineIsOpen = true;
    } else {
      err.println(text.get());
    }
  }

  /** Does what {@link #clear} does. */
  @Override
  public void close() {
    clear();
  }

  /** Takes the line off the terminal, so that what follows starts on an empty one. */
  void clear() {
    if (lineIsOpen) {
      err.print(ERASE_LINE);
      err.flush();
      lineIsOpen = false;
    }
  }

  /** One column stays free: a full line would make some terminals begin the next. */
  private String clipped(String text) {
    return text.length() < terminal.columns() ? text : text.substring(0, terminal.columns() - 1);
  }
}
