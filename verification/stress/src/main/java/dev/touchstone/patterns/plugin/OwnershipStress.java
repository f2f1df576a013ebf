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
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** What a plugin obtains or offers while its start or its end is under way is not lost. */
public final class OwnershipStress {

  private static final PluginDescriptor PLUGIN = new PluginDescriptor(
      "a", Version.parse("1"), Optional.empty(), List.of(), List.of(), VersionRange.any());

  private OwnershipStress() {}

  /** Something that is obtained while everything is taken back. */
  @JCStressTest
  @Outcome(
      id = "true, 1",
      expect = Expect.ACCEPTABLE,
      desc = "It came in time, and was taken back.")
  @Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "It came late, and was refused.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was taken in and forgotten.")
  @State
  public static class TakingBack {

    private final Possessions possessions = new Possessions();

    @Actor
    public void obtain(ZI_Result result) {
      result.r1 = possessions.add("resource", () -> {});
    }

    @Actor
    public void takeBack(ZI_Result result) {
      result.r2 = possessions.takeAll().size();
    }
  }

  /** An extension that a thread of the plugin offers while it becomes active. */
  @JCStressTest
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Both are in use.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or is in use twice.")
  @State
  public static class Offering {

    private final ExtensionRegistry registry = new ExtensionRegistry();
    private final HostContext context = new HostContext(
        new Life(PLUGIN), registry, Duration.ofSeconds(1), Offering.class.getClassLoader());

    /** Has one that was offered before the race. */
    public Offering() {
      context.provide(Runnable.class, () -> {});
    }

    @Actor
    public void offer() {
      context.provide(Runnable.class, () -> {});
    }

    @Actor
    public void becomeActive() {
      registry.exchange(List.of(), () -> context.takeEarly().stream());
    }

    @Arbiter
    public void result(II_Result result) {
      result.r1 = registry.of(Runnable.class).size();
      result.r2 = context.takeEarly().size();
    }
  }
}
