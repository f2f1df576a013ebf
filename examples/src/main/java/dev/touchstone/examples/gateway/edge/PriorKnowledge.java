package dev.touchstone.examples.gateway.edge;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS, for clients that begin with it. A request that asks to switch to it ({@code
 * Upgrade: h2c}) is answered as it is: a proxy in front that passes such a request on would see none of
 * those that follow.
 *
 * <p><b>Source:</b> RFC 9113 section 3.1, which withdraws the upgrade.
 */
final class PriorKnowledge extends HTTP2CServerConnectionFactory {

  private static final int MOST_STREAMS = 128;

  PriorKnowledge(HttpConfiguration http) {
    super(http);
    setMaxConcurrentStreams(MOST_STREAMS);
  }

  @Override
  protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
    return new HTTPServerSessionListener(endPoint) {
      @Override
      public void onAccept(Session session) {
        if (session instanceof HTTP2Session accepted) {
          accepted.addEventListener(new EndedStreams(accepted));
        }
      }
    };
  }

  @Override
  public @Nullable Connection upgradeConnection(
      Connector connector,
      EndPoint endPoint,
      MetaData.Request request,
      HttpFields.Mutable response101) {
    return HttpMethod.PRI.is(request.getMethod())
        ? super.upgradeConnection(connector, endPoint, request, response101)
        : null;
  }
}
