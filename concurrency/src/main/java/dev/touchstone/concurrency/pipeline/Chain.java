package dev.touchstone.concurrency.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages from the first to the last one; adding one shares the others. */
record Chain(@Nullable Chain before, StageSpec last) {

  /** Returns the stages in their order. */
  List<StageSpec> stages() {
    var stages = new ArrayList<StageSpec>();
    for (Chain chain = this; chain != null; chain = chain.before) {
      stages.add(chain.last);
    }
    Collections.reverse(stages);
    return stages;
  }

  @Override
  public String toString() {
    return stages().stream().map(StageSpec::name).toList().toString();
  }
}
