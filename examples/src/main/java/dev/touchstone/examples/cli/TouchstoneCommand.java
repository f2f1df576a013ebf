package dev.touchstone.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code touchstone} itself, which only holds the others. */
@Command(
    name = "touchstone",
    description = "Applications and lessons built on the Touchstone libraries.",
    subcommands = {
      TourCommand.class,
      CrawlCommand.class,
      GatewayCommand.class,
      QueueCommand.class,
      PluginsCommand.class,
      ExampleCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Start with 'touchstone tour'. 'touchstone COMMAND --help' explains a command.",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:The command did what it was asked.",
      "1:It could not; standard error says why.",
      "2:The command line was wrong.",
      "130:A signal (Ctrl-C) ended it; what it had written is whole.",
    })
final class TouchstoneCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.USAGE;
  }
}
