package dev.touchstone.concurrency.context;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The diagnostic context of the log. */
final class LoggingContext implements ContextPropagation {

  @Override
  public Snapshot capture() {
    var captured = MDC.getCopyOfContextMap();
    return () -> {
      var before = MDC.getCopyOfContextMap();
      replace(captured);
      return () -> replace(before);
    };
  }

  private static void replace(@Nullable Map<String, String> values) {
    if (values == null || values.isEmpty()) {
      MDC.clear();
    } else {
      MDC.setContextMap(values);
    }
  }
}
