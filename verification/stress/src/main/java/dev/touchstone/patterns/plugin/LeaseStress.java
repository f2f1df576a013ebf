package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A plugin whose last use is awaited is not stopped under one, and what it held is forgotten. */
public final class LeaseStress {

  private static final PluginDescriptor PLUGIN = new PluginDescriptor(
      "a", Version.parse("1"), Optional.empty(), List.of(), List.of(), VersionRange.any());

  private LeaseStress() {}

  /** A use and an end at the same time. */
  @JCStressTest
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "No use met a stopped plugin.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A use met a stopped plugin, or was not awaited.")
  @State
  public static class Uses {

    private final Life life = new Life(PLUGIN);
    private volatile boolean stopped;
    private volatile boolean alwaysAlive = true;

    @Actor
    public void use() {
      if (life.tryEnter()) {
        if (stopped) {
          alwaysAlive = false;
        }
        life.leave();
      }
    }

    @Actor
    public void stop(ZZ_Result result) {
      life.end();
      result.r1 = life.awaitIdle(Duration.ofMinutes(1));
      stopped = true;
    }

    @Arbiter
    public void result(ZZ_Result result) {
      result.r2 = alwaysAlive;
    }
  }

  /** Something to be forgotten that comes while everything is forgotten. */
  @JCStressTest
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both were forgotten.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was kept.")
  @State
  public static class Forgetting {

    private final Life life = new Life(PLUGIN);
    private volatile boolean early;
    private volatile boolean late;

    /** Has one that is there before the race. */
    public Forgetting() {
      life.onForget(() -> early = true);
    }

    @Actor
    public void offer() {
      life.onForget(() -> late = true);
    }

    @Actor
    public void forget() {
      life.forget();
    }

    @Arbiter
    public void result(ZZ_Result result) {
      result.r1 = early;
      result.r2 = late;
    }
  }
}
