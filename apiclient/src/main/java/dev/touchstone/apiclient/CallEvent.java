package dev.touchstone.apiclient;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event for a call; costs nothing when off. */
@Name("touchstone.ApiCall")
@Label("API Call")
@Category("Touchstone")
@Description("A call of an ApiClient: all its attempts and the waits between them")
@StackTrace(false)
final class CallEvent extends Event {

  private static final CallEvent PROBE = new CallEvent();

  @Label("Request")
  @Description("Method and template, without the values of variables")
  String request = "";

  @Label("Target")
  String target = "";

  @Label("Attempts")
  int attempts;

  @Label("Status")
  @Description("The last status received; 0 if none was")
  int status;

  @Label("Failure")
  @Description("The type of the exception; empty if the call succeeded")
  String failure = "";

  @Label("Delivery")
  String delivery = "";

  /** Starts an event; returns null unless calls are being recorded. */
  static @Nullable CallEvent started() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    var event = new CallEvent();
    event.begin();
    return event;
  }

  /** Ends the event and writes it if it is long enough for the recording. */
  void finish(CallContext call, List<Attempt> all) {
    end();
    if (!shouldCommit()) {
      return;
    }
    var last = all.getLast();
    request = call.request.toString();
    target = call.target.toString();
    attempts = all.size();
    status = last.status().orElse(0);
    failure = last.failure().map(each -> each.getClass().getSimpleName()).orElse("");
    delivery = last.delivery().name();
    commit();
  }
}
