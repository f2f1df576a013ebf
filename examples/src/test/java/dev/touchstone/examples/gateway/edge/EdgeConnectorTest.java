package dev.touchstone.examples.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class EdgeConnectorTest {

  /* More than Java's default of 50, fewer than the 128 that older systems cut a longer queue to. */
  private static final int CLIENTS = 120;

  private static final int MOST_MILLIS = 10_000;

  /**
   * A connector that is open and not started listens and accepts nothing, as one that gets no processor.
   * The operating system lets in as many clients as the queue holds, at once; for one more it would
   * stay silent, however long that client waits.
   */
  @Test
  void letsClientsInThatComeFasterThanTheyAreAccepted() throws Exception {
    var connected = new ArrayList<Socket>();
    try (var connector = new EdgeConnector(new Server(), EdgeOptions.DEFAULT, Runnable::run)) {
      connector.open();
      var address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      for (var i = 0; i < CLIENTS; i++) {
        var client = new Socket();
        connected.add(client);
        client.connect(address, MOST_MILLIS);
      }
    } finally {
      for (var client : connected) {
        client.close();
      }
    }
  }
}
