package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.edge.EdgeException;
import dev.touchstone.examples.gateway.mock.MockBackends;
import dev.touchstone.examples.gateway.observe.Ended;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stands in for the backends of a definition. */
@Command(
    name = "mock",
    description = {
      "Stands in for the backends that FILE gives examples of, at their own addresses on this machine,",
      "and prints the requests that come, until Ctrl-C. Run the gateway beside it."
    },
    mixinStandardHelpOptions = true)
final class GatewayMockCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The definition, such as gateway.yaml.")
  private Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var definition = GatewayFile.read(file).definition();
    try (var mocks = YamlFile.use(file, path -> MockBackends.open(definition, this::print))) {
      if (mocks.uris().isEmpty()) {
        throw new CommandFailedException("no backend of " + file + " has 'examples'; add some");
      }
      mocks.uris().forEach(uri -> spec.commandLine().getErr().println("Standing in at " + uri));
      spec.commandLine().getErr().flush();
      new CountDownLatch(1).await();
      return ExitStatus.OK;
    } catch (EdgeException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  private void print(Ended request) {
    var out = spec.commandLine().getOut();
    out.printf("%d %s %s%n", request.status(), request.method(), request.path());
    out.flush();
  }
}
