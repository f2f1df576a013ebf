package dev.touchstone.examples.gateway.proxy;

import dev.touchstone.apiclient.BodySource;
import dev.touchstone.examples.gateway.route.Exchange;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a client's request on its way to the backend; there is no second one. */
record ExchangeBody(Exchange exchange) implements BodySource {

  /** Returns nothing: the field is handed on with the others, as it was. */
  @Override
  public String contentType() {
    return "";
  }

  @Override
  public long length() {
    return exchange.contentLength();
  }

  @Override
  public boolean isReplayable() {
    return false;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    exchange.body().transferTo(sink);
  }
}
