package dev.touchstone.apiclient;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event for one attempt of a call; costs nothing when off. */
@Name("touchstone.ApiAttempt")
@Label("API Attempt")
@Category("Touchstone")
@Description("One attempt of a call of an ApiClient, its redirects included")
@StackTrace(false)
final class AttemptEvent extends Event {

  private static final AttemptEvent PROBE = new AttemptEvent();

  @Label("Request")
  @Description("Method and template, without the values of variables")
  String request = "";

  @Label("Target")
  String target = "";

  @Label("Number")
  int number;

  @Label("Waited Before")
  @Timespan(Timespan.NANOSECONDS)
  long waitedBefore;

  @Label("Status")
  @Description("The last status received; 0 if none was")
  int status;

  @Label("Failure")
  @Description("The type of the exception; empty if the attempt succeeded")
  String failure = "";

  @Label("Delivery")
  String delivery = "";

  /** Starts an event; returns null unless attempts are being recorded. */
  static @Nullable AttemptEvent started() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    var event = new AttemptEvent();
    event.begin();
    return event;
  }

  /** Ends the event and writes it if it is long enough for the recording. */
  void finish(CallContext call, Attempt attempt) {
    end();
    if (!shouldCommit()) {
      return;
    }
    request = call.request.toString();
    target = call.target.toString();
    number = attempt.number();
    waitedBefore = attempt.waitedBefore().toNanos();
    status = attempt.status().orElse(0);
    failure = attempt.failure().map(each -> each.getClass().getSimpleName()).orElse("");
    delivery = attempt.delivery().name();
    commit();
  }
}
