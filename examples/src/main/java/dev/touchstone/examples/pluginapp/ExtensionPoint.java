package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.gateway.route.RequestFilter;
import dev.touchstone.examples.pluginapp.api.Command;
import dev.touchstone.examples.pluginapp.api.Part;
import dev.touchstone.examples.pluginapp.api.RunWatcher;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.pluginapp.api.Theme;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.examples.scraper.extract.ItemExtractor;
import dev.touchstone.examples.scraper.sink.OutputFormat;
import dev.touchstone.patterns.plugin.Extension;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What plugins can offer something for. Another application's joins by a line in {@link #ALL}, and by its
 * package among those that {@link Workbench} exposes.
 *
 * @param name what it is called
 * @param type what plugins implement
 * @param nameOf returns the name of an extension
 * @param aboutOf returns what an extension does
 * @param <T> the type
 */
record ExtensionPoint<T>(
    String name, Class<T> type, Function<T, String> nameOf, Function<T, String> aboutOf) {

  static final List<ExtensionPoint<?>> ALL = List.of(
      new ExtensionPoint<>("source", Source.class, Part::name, Part::about),
      new ExtensionPoint<>("transform", Transform.class, Part::name, Part::about),
      new ExtensionPoint<>("sink", Sink.class, Part::name, Part::about),
      new ExtensionPoint<>("command", Command.class, Command::name, Command::about),
      new ExtensionPoint<>("theme", Theme.class, Theme::name, theme -> ""),
      new ExtensionPoint<>("watcher", RunWatcher.class, w -> w.getClass().getSimpleName(), w -> ""),
      new ExtensionPoint<>(
          "crawl output", OutputFormat.class, OutputFormat::name, format -> "out: in crawls"),
      new ExtensionPoint<>(
          "crawl items",
          ItemExtractor.class,
          ItemExtractor::name,
          extractor -> "items: in crawls, with " + String.join(", ", extractor.fields())),
      new ExtensionPoint<>(
          "gateway filter", RequestFilter.class, RequestFilter::name, RequestFilter::about));

  /** Returns what the active plugins of a host offer here. */
  Stream<Contribution> contributions(PluginHost host) {
    return host.extensions(type).list().stream().flatMap(extension -> describe(extension).stream());
  }

  private Optional<Contribution> describe(Extension<T> extension) {
    try {
      return Optional.of(extension.use(part ->
          new Contribution(name, nameOf.apply(part), aboutOf.apply(part), extension.plugin())));
    } catch (PluginUnloadedException e) {
      return Optional.empty(); // gone since it was listed
    } catch (RuntimeException | LinkageError e) { // the others are none the worse for it
      return Optional.of(new Contribution(
          name, "(nameless)", "fails to tell what it is: " + e, extension.plugin()));
    }
  }
}
