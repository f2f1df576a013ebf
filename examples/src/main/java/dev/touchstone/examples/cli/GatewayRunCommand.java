package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.DefinitionWatch;
import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.dashboard.GatewayDashboard;
import dev.touchstone.examples.gateway.dashboard.Traffic;
import dev.touchstone.examples.gateway.edge.EdgeException;
import dev.touchstone.examples.gateway.observe.AccessLog;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a definition. */
@Command(
    name = "run",
    description = {
      "Serves what FILE describes, until Ctrl-C. FILE is read again when it changes: requests that"
          + " are",
      "under way are answered as they began, and a definition that cannot be served changes"
          + " nothing."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GatewayRunCommand implements Callable<Integer> {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  @Parameters(paramLabel = "FILE", description = "The definition, such as gateway.yaml.")
  private Path file;

  @Option(
      names = "--access-log",
      paramLabel = "LOG",
      description = "Add a line of JSON for each request to this file.")
  private @Nullable Path accessLog;

  @Mixin
  private final DashboardOption dashboard = new DashboardOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var log = accessLog;
    if (log == null) {
      return serve(request -> {});
    }
    try (var out = new FileOutputStream(log.toFile(), true);
        var lines = AccessLog.to(out)) {
      return serve(lines);
    } catch (IOException e) {
      throw Failures.cannotWrite(log, e);
    }
  }

  @SuppressWarnings("try") // the dashboard is there to be closed
  private int serve(RequestObserver observer) {
    var isInterrupted = false;
    var traffic = new Traffic();
    var all = dashboard.isWanted() ? RequestObserver.all(observer, traffic) : observer;
    try (var gateway = YamlFile.use(file, path -> Gateway.open(() -> GatewayFile.plan(path), all));
        var shown = dashboard.show(port -> show(gateway, traffic, port))) {
      tell("Serving at " + gateway.uri());
      gateway.adminUri().ifPresent(uri -> tell("Administration at " + uri));
      try (var watch = DefinitionWatch.start(gateway, file, PERIOD, this::tell)) {
        watch.await();
      }
    } catch (EdgeException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    Thread.interrupted(); // closing may have taken note of it; the log is still to be written out
    tell("Stopped.");
    return isInterrupted ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private DashboardOption.Shown show(Gateway gateway, Traffic traffic, int port) {
    var opened = GatewayDashboard.open(gateway, traffic, port);
    DashboardOption.announce(opened.server(), spec.commandLine().getErr());
    return opened::close;
  }

  private void tell(String line) {
    var err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
