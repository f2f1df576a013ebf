package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallHandleTest {

  private final CallHandle handle = new CallHandle();

  @AfterEach
  void leaveNoInterruptionBehind() {
    Thread.interrupted();
  }

  @Test
  void interruptsTheThreadThatRunsTheCall() {
    handle.started();

    handle.cancel();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotInterruptAThreadThatHasDoneWithTheCall() {
    handle.started();
    handle.ended();

    handle.cancel();

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void takesItsInterruptionBackWhenTheCallEnds() {
    handle.started();
    handle.cancel();

    handle.ended();

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void leavesTheInterruptionOfSomebodyElse() {
    handle.started();
    Thread.currentThread().interrupt();

    handle.ended();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void cancelsTheCallOnTheWire() {
    var call =
        new OkHttpClient().newCall(new Request.Builder().url("http://api.test/").build());
    handle.sending(call);

    handle.cancel();

    assertThat(call.isCanceled()).isTrue();
  }

  @Test
  void cancelsACallThatIsSentLater() {
    var call =
        new OkHttpClient().newCall(new Request.Builder().url("http://api.test/").build());
    handle.cancel();

    handle.sending(call);

    assertThat(call.isCanceled()).isTrue();
  }
}
