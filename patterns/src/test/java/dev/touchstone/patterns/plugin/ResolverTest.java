package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResolverTest {

  private static PluginDescriptor plugin(String id, String version, String... requires) {
    var dependencies = Arrays.stream(requires)
        .map(text -> {
          boolean optional = text.startsWith("?");
          var parts = text.substring(optional ? 1 : 0).split("@");
          return new Dependency(
              parts[0],
              VersionRange.parse(parts[1]),
              optional ? Dependency.Need.OPTIONAL : Dependency.Need.REQUIRED);
        })
        .toList();
    return new PluginDescriptor(
        id, Version.parse(version), Optional.empty(), dependencies, List.of(), VersionRange.any());
  }

  private static Resolution resolve(PluginDescriptor... candidates) {
    return Resolver.resolve(List.of(candidates), Map.of(), null);
  }

  private static List<String> order(Resolution resolution) {
    return resolution.order().stream().map(PluginDescriptor::toString).toList();
  }

  private static String reason(Resolution resolution, PluginDescriptor plugin) {
    return String.valueOf(resolution.rejected().get(plugin));
  }

  @Nested
  class Order {

    @Test
    void putsWhatIsRequiredFirstAndTiesById() {
      var resolution =
          resolve(plugin("c", "1"), plugin("a", "1", "d@*"), plugin("b", "1"), plugin("d", "1"));

      assertThat(order(resolution)).containsExactly("b 1.0.0", "c 1.0.0", "d 1.0.0", "a 1.0.0");
    }

    @Test
    void respectsOptionalDependenciesThatArePresentAndFit() {
      var resolution =
          resolve(plugin("a", "1", "?z@^1", "?y@^2", "?x@*"), plugin("z", "1"), plugin("y", "1"));

      assertThat(order(resolution)).containsExactly("y 1.0.0", "z 1.0.0", "a 1.0.0");
    }

    @Test
    void dropsAnOptionalDependencyThatWouldCloseACircle() {
      var resolution = resolve(plugin("a", "1", "?b@*"), plugin("b", "1", "a@*"));

      assertThat(order(resolution)).containsExactly("a 1.0.0", "b 1.0.0");
      assertThat(resolution.rejected()).isEmpty();
    }
  }

  @Nested
  class Rejection {

    @Test
    void saysThatAHigherVersionWasChosen() {
      var old = plugin("a", "1.9");
      var resolution = resolve(old, plugin("a", "1.10"));

      assertThat(order(resolution)).containsExactly("a 1.10.0");
      assertThat(reason(resolution, old))
          .isEqualTo("SUPERSEDED: version 1.10.0 was chosen instead");
    }

    @Test
    void ofACircleConcernsItsMembersAndTheirDependentsOnly() {
      var a = plugin("a", "1", "b@*");
      var b = plugin("b", "1", "a@*");
      var user = plugin("user", "1", "a@*");
      var resolution = resolve(a, b, user, plugin("other", "1"));

      assertThat(order(resolution)).containsExactly("other 1.0.0");
      assertThat(reason(resolution, a)).isEqualTo("CYCLE: it requires itself: a -> b -> a");
      assertThat(reason(resolution, user))
          .isEqualTo("MISSING_DEPENDENCY: it requires a@*, which cannot be started either");
    }

    @Test
    void ofOneThatMissesSomethingSaysWhatThereIs() {
      var a = plugin("a", "1", "b@^2", "c@*");
      var resolution = resolve(a, plugin("b", "1.4"));

      assertThat(reason(resolution, a))
          .isEqualTo("MISSING_DEPENDENCY: it requires b@^2; there is only"
              + " b 1.4.0; it requires c@*; there is no plugin c that could be started");
    }

    @Test
    void ofAConflictShowsTheChainOfDemands() {
      var pdf = plugin("zpdf", "1", "core@^1");
      var resolution = resolve(
          pdf, plugin("html", "1", "core@^2"), plugin("core", "1.5"), plugin("core", "2.1"));

      assertThat(order(resolution)).containsExactly("core 2.1.0", "html 1.0.0");
      assertThat(reason(resolution, pdf))
          .isEqualTo("CONFLICT: it requires core@^1, but core 2.1.0 was"
              + " chosen, because html 1.0.0 requires core@^2");
    }

    @Test
    void takesALowerVersionIfThatLosesFewerPlugins() {
      var core2 = plugin("core", "2");
      var resolution = resolve(
          plugin("x", "1", "core@^1"), plugin("y", "1", "core@^1"), plugin("core", "1"), core2);

      assertThat(order(resolution)).containsExactly("core 1.0.0", "x 1.0.0", "y 1.0.0");
      assertThat(reason(resolution, core2))
          .isEqualTo("CONFLICT: x 1.0.0 requires core@^1; y 1.0.0 requires core@^1");
    }

    @Test
    void keepsWhatIsActive() {
      var core1 = plugin("core", "1");
      var core2 = plugin("core", "2");
      var user = plugin("user", "1", "core@^2");
      var resolution = Resolver.resolve(List.of(core2, user), Map.of("core", core1), null);

      assertThat(resolution.order()).isEmpty();
      assertThat(reason(resolution, core2))
          .isEqualTo("SUPERSEDED: version 1.0.0 is active; replace it to change the version");
    }
  }

  /** The least loss, then the highest versions by id, found by trying everything. */
  @Nested
  class BruteForce {

    @Test
    void findsNothingBetterOnRandomGraphs() {
      for (int seed = 0; seed < 3_000; seed++) {
        var candidates = random(new Random(seed), 3);

        var resolution = Resolver.resolve(candidates, Map.of(), null);

        assertThat(byId(resolution.order()))
            .as("seed " + seed)
            .isEqualTo(best(candidates, List.of()));
        assertThat(resolution.order().size() + resolution.rejected().size())
            .as("seed " + seed)
            .isEqualTo(candidates.size());
        assertStartable(resolution, "seed " + seed);
      }
    }

    /** The one that is active is required by many, in versions that may not be its own. */
    @Test
    void findsNothingBetterBesideAnActivePlugin() {
      for (int seed = 0; seed < 1_000; seed++) {
        var random = new Random(seed);
        var candidates = random(random, 40);
        var id = "p" + candidates.stream().map(PluginDescriptor::id).distinct().count();
        var active = plugin(id, 1 + random.nextInt(3) + ".0.0");

        var resolution = Resolver.resolve(candidates, Map.of(id, active), null);

        assertThat(byId(resolution.order()))
            .as("seed " + seed)
            .isEqualTo(best(candidates, List.of(active)));
      }
    }

    @Test
    void findsThatTheOrderOfTheFilesDoesNotMatter() {
      for (int seed = 0; seed < 300; seed++) {
        var candidates = random(new Random(seed), 3);
        var expected = Resolver.resolve(candidates, Map.of(), null);
        Collections.shuffle(candidates, new Random(seed + 1));

        var resolution = Resolver.resolve(candidates, Map.of(), null);

        assertThat(resolution.order()).as("seed " + seed).isEqualTo(expected.order());
        assertThat(resolution.rejected().keySet()).isEqualTo(expected.rejected().keySet());
      }
    }

    /**
     * Returns plugins with ids from p0 on.
     *
     * @param outside how many of a hundred require the first id that is not among them
     */
    private static List<PluginDescriptor> random(Random random, int outside) {
      int ids = 2 + random.nextInt(4);
      var candidates = new ArrayList<PluginDescriptor>();
      for (int id = 0; id < ids; id++) {
        int versions = 1 + random.nextInt(3);
        for (int version = 1; version <= versions; version++) {
          candidates.add(plugin("p" + id, version + ".0.0", requires(random, ids, id, outside)));
        }
      }
      return candidates;
    }

    private static String[] requires(Random random, int ids, int self, int outside) {
      var ranges = new String[] {"*", "^1", "^2", ">=2", "<3", "^3"};
      var requires = new ArrayList<String>();
      for (int other = 0; other < ids + 1; other++) { // one more than there are
        if (other != self && random.nextInt(100) < (other == ids ? outside : 30)) {
          var optional = random.nextInt(5) == 0 ? "?" : "";
          requires.add(optional + "p" + other + "@" + ranges[random.nextInt(ranges.length)]);
        }
      }
      return requires.toArray(String[]::new);
    }

    private static Map<String, Version> byId(Collection<PluginDescriptor> plugins) {
      var versions = new TreeMap<String, Version>();
      plugins.forEach(plugin -> versions.put(plugin.id(), plugin.version()));
      return versions;
    }

    private static Map<String, Version> best(
        List<PluginDescriptor> candidates, List<PluginDescriptor> active) {
      Map<String, Version> best = new TreeMap<>();
      for (int bits = 0; bits < 1 << candidates.size(); bits++) {
        var set = new ArrayList<PluginDescriptor>();
        for (int i = 0; i < candidates.size(); i++) {
          if ((bits & 1 << i) != 0) {
            set.add(candidates.get(i));
          }
        }
        if (byId(set).size() == set.size()
            && canAllStart(set, active)
            && isBetter(byId(set), best)) {
          best = byId(set);
        }
      }
      return best;
    }

    private static boolean canAllStart(List<PluginDescriptor> set, List<PluginDescriptor> active) {
      var open = new ArrayList<>(set);
      var started = new ArrayList<>(active);
      while (open.removeIf(plugin -> plugin.requires().stream()
              .filter(dependency -> dependency.need() == Dependency.Need.REQUIRED)
              .allMatch(dependency -> started.stream()
                  .anyMatch(other -> other.id().equals(dependency.id())
                      && dependency.range().contains(other.version())))
          && started.add(plugin))) {
        assertThat(started).isNotEmpty();
      }
      return open.isEmpty();
    }

    private static boolean isBetter(Map<String, Version> left, Map<String, Version> right) {
      if (left.size() != right.size()) {
        return left.size() > right.size();
      }
      for (int id = 0; id < 6; id++) {
        var mine = Optional.ofNullable(left.get("p" + id));
        var other = Optional.ofNullable(right.get("p" + id));
        if (!mine.equals(other)) {
          return other.isEmpty() || (mine.isPresent() && mine.get().compareTo(other.get()) > 0);
        }
      }
      return false;
    }

    private static void assertStartable(Resolution resolution, String seed) {
      var started = new ArrayList<PluginDescriptor>();
      for (var plugin : resolution.order()) {
        assertThat(started).as(seed).containsAll(resolution.bindings().get(plugin));
        started.add(plugin);
      }
    }
  }
}
