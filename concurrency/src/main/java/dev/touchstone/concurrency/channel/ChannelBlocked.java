package dev.touchstone.concurrency.channel;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The flight recorder's event for a thread that waits at a channel; costs nothing when off. */
@Name("touchstone.ChannelBlocked")
@Label("Channel Blocked")
@Category("Touchstone")
@Description("A thread waited to send to a full channel or to receive from an empty one")
final class ChannelBlocked extends Event {

  @Label("Operation")
  String operation = "";

  @Label("Channel")
  String channel = "";

  /** Starts the event. */
  static ChannelBlocked started() {
    var event = new ChannelBlocked();
    event.begin();
    return event;
  }

  /** Ends the event and writes it if it is recorded. */
  void finish(String operation, Channel<?> channel) {
    end();
    if (shouldCommit()) {
      this.operation = operation;
      this.channel = channel.toString();
      commit();
    }
  }
}
