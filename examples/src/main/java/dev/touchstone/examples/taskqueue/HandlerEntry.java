package dev.touchstone.examples.taskqueue;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.ClaimedJob;
import dev.touchstone.examples.taskqueue.store.JobForm;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A handler with all that is known about its jobs. Immutable after the worker was built. */
final class HandlerEntry<J> {

  private final Class<J> type;
  private final JobForm form;
  private final JobHandler<J> handler;
  private final RetryPolicy retry;
  private final Optional<Duration> timeout;
  private final Map<Integer, Upcaster> upcasters;

  HandlerEntry(HandlerOptions<J> options) {
    type = options.type;
    form = JobType.of(type);
    handler = options.handler;
    retry = options.retry;
    timeout = options.timeout;
    upcasters = new TreeMap<>(options.upcasters);
    for (var from : upcasters.keySet()) {
      if (from < 1 || from >= form.version()) {
        throw new IllegalArgumentException(
            "an upcaster of '%s' must start from a version from 1 to %d, was %d"
                .formatted(form.kind(), form.version() - 1, from));
      }
    }
  }

  String kind() {
    return form.kind();
  }

  RetryPolicy retry() {
    return retry;
  }

  Optional<Duration> timeout() {
    return timeout;
  }

  /** Returns the versions that the handler can be given: its own, and those that lead to it. */
  Set<JobForm> serves() {
    var serves = new HashSet<JobForm>();
    serves.add(form);
    for (int version = form.version() - 1; upcasters.containsKey(version); version--) {
      serves.add(new JobForm(form.kind(), version));
    }
    return serves;
  }

  Outcome handle(ClaimedJob job, JobContext context) throws Exception {
    return requireNonNull(
        handler.handle(read(job), context), "the handler of '" + form.kind() + "' returned null");
  }

  private J read(ClaimedJob job) {
    try {
      if (job.form().equals(form)) {
        return JsonMapper.shared().readValue(job.payload(), type);
      }
      JsonNode payload = JsonMapper.shared().readTree(job.payload());
      for (int version = job.form().version(); version < form.version(); version++) {
        payload = requireNonNull(upcasters.get(version)).upcast((ObjectNode) payload);
      }
      return JsonMapper.shared().treeToValue(payload, type);
    } catch (JacksonException e) {
      throw new UnreadablePayloadException(job.form(), e);
    }
  }
}
