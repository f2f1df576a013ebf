package dev.touchstone.apiclient.network;

import java.io.IOException;
import java.net.InetAddress;

/** A connection was refused by an {@link AddressGuard} before it was made. */
public final class ForbiddenAddressException extends IOException {

  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(InetAddress address) {
    super("connections to " + address.getHostAddress() + " are not allowed");
  }
}
