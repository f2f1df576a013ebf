package dev.touchstone.examples.gateway;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Route;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** A request that a test makes up, for those who look at a request before anybody answers it. */
public final class HeldExchange implements Exchange {

  private final HttpFields.Mutable fields = HttpFields.build();
  private final Map<String, String> promised = new LinkedHashMap<>();
  private Caller caller = Caller.ANONYMOUS;
  private String address = "192.0.2.1";

  public HeldExchange with(String name, String value) {
    fields.add(name, value);
    return this;
  }

  public HeldExchange calledBy(Caller who) {
    caller = who;
    return this;
  }

  public HeldExchange from(String client) {
    address = client;
    return this;
  }

  public Map<String, String> promised() {
    return promised;
  }

  @Override
  public String id() {
    return "1";
  }

  @Override
  public Route route() {
    return Route.of("GET", "/", exchange -> {});
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return "gateway.test";
  }

  @Override
  public List<String> addresses() {
    return List.of(address);
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public Optional<String> query() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public List<String> query(String name) {
    return List.of();
  }

  @Override
  public HttpFields fields() {
    return fields;
  }

  @Override
  public long contentLength() {
    return 0;
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(30), TimeSource.system());
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public void promise(String name, String value) {
    promised.put(name, value);
  }

  @Override
  public void reply(int status, HttpFields answer, byte[] body) {
    throw new IllegalStateException("nobody should have answered");
  }

  @Override
  public OutputStream open(int status, HttpFields answer) {
    throw new IllegalStateException("nobody should have answered");
  }

  @Override
  public boolean isReplied() {
    return false;
  }
}
