package dev.touchstone.concurrency.pipeline;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which stages share a thread. The first group is that of the source, and may have no stages. */
record Plan(Origin origin, List<Group> groups) {

  /** Stages that run on the same thread, one after another; or one stage with several threads. */
  record Group(List<StageSpec> stages) {

    int threads() {
      return stages.isEmpty() ? 1 : stages.getFirst().parallelism();
    }

    @Override
    public String toString() {
      var names = stages.stream().map(StageSpec::name).collect(joining("+"));
      return names + " " + threads();
    }
  }

  static Plan of(Origin origin, Chain chain) {
    var groups = new ArrayList<Group>();
    var group = new Group(new ArrayList<>());
    groups.add(group);
    for (var stage : chain.stages()) {
      if (stage.needsThreads() || group.threads() > 1) {
        group = new Group(new ArrayList<>());
        groups.add(group);
      }
      group.stages.add(stage);
    }
    return new Plan(origin, groups);
  }

  int threads() {
    var threads = groups.stream().mapToLong(Group::threads).sum();
    return (int) Math.min(threads, Integer.MAX_VALUE);
  }

  /** Returns which stages need how many threads. */
  @Override
  public String toString() {
    var first = groups.getFirst();
    var source = first.stages.isEmpty() ? "source 1" : "source+" + first;
    var others = groups.stream().skip(1).map(Group::toString);
    return Stream.concat(Stream.of(source), others).collect(joining(", "));
  }
}
