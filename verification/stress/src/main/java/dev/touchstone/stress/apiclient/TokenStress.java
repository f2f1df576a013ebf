package dev.touchstone.stress.apiclient;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.auth.Challenge;
import dev.touchstone.apiclient.auth.ClientCredentials;
import dev.touchstone.apiclient.auth.Credential;
import dev.touchstone.apiclient.auth.Outgoing;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two calls whose token was refused, and one that comes new: one token request replaces it. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "The first token, and one in its place.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A token request too many, or none.")
@State
public class TokenStress {

  private static final URI ENDPOINT = URI.create("https://auth.test/token");
  private static final Challenge CHALLENGE = new Challenge(401, Headers.of());

  private final AtomicInteger requests = new AtomicInteger();
  private final ApiClient tokens = ApiClient.builder()
      .transport(new ScriptedTransport(request -> ScriptedTransport.json(
          request,
          200,
          "{\"token_type\":\"bearer\",\"access_token\":\"t" + requests.incrementAndGet() + "\"}")))
      .executor(Runnable::run)
      .build();
  private final ClientCredentials credentials =
      ClientCredentials.of(tokens, ENDPOINT, "id", () -> "secret");
  private final Credential refused = authorized();

  private Credential authorized() {
    try {
      return credentials.authorize(new Nowhere(), deadline());
    } catch (InterruptedException | TimeoutException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofMinutes(1), TimeSource.system());
  }

  private void refresh() {
    try {
      credentials.refresh(refused, CHALLENGE, deadline());
    } catch (InterruptedException | TimeoutException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Actor
  public void first() {
    refresh();
  }

  @Actor
  public void second() {
    refresh();
  }

  @Actor
  public void newcomer() {
    authorized();
  }

  @Arbiter
  public void count(I_Result result) {
    result.r1 = requests.get();
  }

  /** A request that is never sent. */
  private static final class Nowhere implements Outgoing {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public URI uri() {
      return ENDPOINT;
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public Optional<byte[]> bodyInMemory() {
      return Optional.empty();
    }

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void addQuery(String name, String value) {}
  }
}
