package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * No complete answer came back: no connection, a lost connection, an attempt that took too long.
 *
 * <p>{@link #delivery} says whether the request may have been applied.
 */
public final class TransportException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final boolean worthRetrying;

  TransportException(
      RequestSummary request, Delivery delivery, boolean badRequest, IOException cause) {
    super(request, describe(delivery, badRequest, cause), delivery, cause);
    worthRetrying = !badRequest && !isCertificateFailure(cause) && !isForbidden(cause);
  }

  /** Returns true, unless a certificate, a security setting or the request's body is at fault. */
  @Override
  public boolean isWorthRetryingLater() {
    return worthRetrying;
  }

  private static String describe(Delivery delivery, boolean badRequest, IOException cause) {
    var what = cause.getClass().getSimpleName();
    if (badRequest) {
      return "the body could not be sent (" + what + "); check its length and its source";
    }
    if (isCertificateFailure(cause)) {
      return "the server's certificate was not accepted (" + what + "); check host and trust store";
    }
    if (isForbidden(cause)) {
      return "the connection is not allowed (" + what + "); check the client's security settings";
    }
    var timeout = cause instanceof InterruptedIOException;
    if (delivery == Delivery.NOT_SENT) {
      return (timeout ? "connecting took too long (" : "no connection (") + what
          + "); the request was not sent";
    }
    return (timeout ? "no complete answer in time (" : "the connection was lost (") + what
        + ") after the request was sent; it may have been applied";
  }

  private static boolean isForbidden(IOException cause) {
    return cause instanceof UnknownServiceException;
  }

  private static boolean isCertificateFailure(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLPeerUnverifiedException || each instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}
