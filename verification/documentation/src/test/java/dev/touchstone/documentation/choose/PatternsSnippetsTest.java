package dev.touchstone.documentation.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.chain.Chain;
import dev.touchstone.patterns.command.Codec;
import dev.touchstone.patterns.command.Command;
import dev.touchstone.patterns.command.CommandBus;
import dev.touchstone.patterns.command.Edit;
import dev.touchstone.patterns.command.History;
import dev.touchstone.patterns.command.Journal;
import dev.touchstone.patterns.decorate.Decorators;
import dev.touchstone.patterns.factory.Catalog;
import dev.touchstone.patterns.lazy.Lazy;
import dev.touchstone.patterns.lazy.Scope;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Observed;
import dev.touchstone.patterns.observe.Signal;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.state.StateMachine;
import dev.touchstone.patterns.strategy.Selector;
import dev.touchstone.patterns.strategy.Switchable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/choose.md on touchstone-patterns. */
class PatternsSnippetsTest {

  @TempDir
  private Path directory;

  private final List<Object> log = new ArrayList<>();

  record Rates(Map<String, Double> perEuro) {

    static Rates load() {
      return new Rates(Map.of("USD", 1.1));
    }
  }

  // @start region="lazy"
  private final Lazy<Rates> rates = Lazy.of(Rates::load); // once, in the thread that comes first

  double dollars(double euros) {
    return euros * rates.get().perEuro().get("USD"); // a failed load is tried again
  }

  // @end

  @Test
  void lazy() {
    assertThat(dollars(10)).isEqualTo(11);
  }

  record Pool(List<Object> log) implements AutoCloseable {

    @Override
    public void close() {
      log.add("pool closed");
    }
  }

  record Orders(Pool pool) implements AutoCloseable {

    @Override
    public void close() {
      pool.log().add("orders closed");
    }
  }

  @Test
  void scope() {
    // @start region="scope"
    try (var scope = new Scope()) {
      var pool = scope.single(Pool.class, () -> new Pool(log));
      var orders = scope.single(Orders.class, () -> new Orders(pool.get()));

      assertThat(orders.get().pool()).isSameAs(pool.get());
    } // closes what was made, in the reverse order
    // @end
    assertThat(log).containsExactly("orders closed", "pool closed");
  }

  @Test
  void signal() {
    // @start region="signal"
    Signal<Integer> progress = Signal.create();
    var subscription = progress.view().subscribe(percent -> log.add(percent + " %"));

    progress.emit(50);
    subscription.close(); // not called from here on
    progress.emit(100);
    // @end
    assertThat(log).containsExactly("50 %");
  }

  @Test
  void observed() {
    // @start region="observed"
    var theme = Observed.of("light");
    theme.observe(name -> log.add(name)); // at once, with the present one

    theme.set("dark");
    theme.set("dark"); // no change, no call
    // @end
    assertThat(log).containsExactly("light", "dark");
  }

  sealed interface ShopEvent {}

  record Ordered(String article) implements ShopEvent {}

  @Test
  void bus() {
    // @start region="bus"
    var bus = EventBus.of(ShopEvent.class).build();
    bus.on(Ordered.class, event -> log.add("pack " + event.article()));
    bus.on(ShopEvent.class, event -> log.add("audit " + event));
    bus.requireHandlers(); // is there anybody for each event of the sealed type?

    bus.post(new Ordered("tea"));
    // @end
    assertThat(log).containsExactly("pack tea", "audit Ordered[article=tea]");
  }

  sealed interface AccountCommand {}

  record Pay(int cents) implements AccountCommand, Command<Integer> {}

  @Test
  void commandBus() {
    // @start region="commands"
    var bus = CommandBus.builder()
        .around((command, next) -> {
          log.add("begin");
          return next.proceed(command); // in a transaction, say
        })
        .handle(Pay.class, pay -> 100 - pay.cents())
        .complete(AccountCommand.class) // fails here, not in production
        .build();
    int left = bus.send(new Pay(30));
    // @end
    assertThat(left).isEqualTo(70);
  }

  static final class Text {

    final StringBuilder characters = new StringBuilder();
  }

  // @start region="edit"
  record Append(String text) implements Edit<Text> {
    @Override
    public Edit<Text> applyTo(Text document) {
      document.characters.append(text);
      return new Cut(text);
    }
  }

  record Cut(String text) implements Edit<Text> {
    @Override
    public Edit<Text> applyTo(Text document) {
      document.characters.setLength(document.characters.length() - text.length());
      return new Append(text);
    }
  }

  // @end

  @Test
  void history() {
    var document = new Text();
    // @start region="undo"
    var history =
        History.on(document).limit(500).coalesce(Duration.ofMillis(300)).build();
    history.execute(new Append("Hello"));
    history.undo();
    history.redo();
    // @end
    assertThat(document.characters).hasToString("Hello");
  }

  private static final class Lines implements Codec<String> {

    @Override
    public byte[] encode(String command) {
      return command.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void journal() {
    // @start region="journal"
    try (var journal = Journal.of(new Lines()).open(directory)) {
      journal.append("pay 30"); // on the disk when this returns
    }
    try (var journal = Journal.of(new Lines()).open(directory)) {
      journal.replay(log::add); // after a crash, too
    }
    // @end
    assertThat(log).containsExactly("pay 30");
  }

  enum Door {
    OPEN,
    SHUT
  }

  sealed interface Push {
    record Opened() implements Push {}

    record Closed() implements Push {}
  }

  @Test
  void states() {
    // @start region="states"
    var door = StateMachine.<Door, Push, String>starting(Door.SHUT)
        .on(Door.SHUT, Push.Opened.class)
        .go(Door.OPEN)
        .on(Door.SHUT, Push.Closed.class)
        .ignore()
        .on(Door.OPEN, Push.Closed.class)
        .go(Door.SHUT)
        .on(Door.OPEN, Push.Opened.class)
        .reject()
        .complete(Push.class) // no pair of state and event is forgotten
        .build();
    var front = door.start("front door");
    front.fire(new Push.Opened());
    // @end
    assertThat(front.state()).isEqualTo(Door.OPEN);
  }

  @Test
  void selector() {
    // @start region="rule"
    var postage = Selector.<Integer, Integer>builder()
        .when("letter", grams -> grams <= 50, 95)
        .when("large letter", grams -> grams <= 500, 180)
        .otherwise("parcel", 499)
        .build();

    int cents = postage.select(70);
    log.add(postage.explain(70)); // letter: no; large letter: yes, chosen; parcel: yes
    // @end
    assertThat(cents).isEqualTo(180);
  }

  record Index(String day) implements AutoCloseable {

    boolean has(String word) {
      return !word.isEmpty();
    }

    @Override
    public void close() {}
  }

  @Test
  void switchable() throws Exception {
    // @start region="replace"
    var index = Switchable.of(new Index("monday"));
    boolean found = index.use(current -> current.has("tea")); // not closed meanwhile

    index.swap(new Index("tuesday")).await(Duration.ofSeconds(5)); // monday's is closed
    // @end
    assertThat(found).isTrue();
  }

  @Test
  void catalog() {
    // @start region="by-name"
    var readers = Catalog.<String, String, Function<String, Integer>>builder()
        .add("length", text -> String::length)
        .add("number", text -> Integer::parseInt)
        .build();

    assertThatThrownBy(() -> readers.make("lenght", "x")) // did you mean?
        .hasMessageContaining("length");
    // @end
  }

  interface Prices {
    int of(String article);
  }

  record Counted(Prices inner, List<Object> log) implements Prices {

    @Override
    public int of(String article) {
      log.add(article);
      return inner.of(article);
    }
  }

  @Test
  void decorators() {
    Prices shop = article -> 42;
    // @start region="wrap"
    var prices = Decorators.of(shop)
        .with("counted", inner -> new Counted(inner, log)) // say which must be inside which
        .build();
    // @end
    assertThat(prices.of("tea")).isEqualTo(42);
  }

  @Test
  void chain() {
    var arguments = Map.of("port", "8080");
    // @start region="who-answers"
    var setting = Chain.<String, String>create()
        .then("command line", name -> Optional.ofNullable(arguments.get(name)))
        .then("environment", name -> Optional.ofNullable(System.getenv(name)))
        .otherwise(name -> "default of " + name);
    // @end
    assertThat(setting.apply("port")).isEqualTo("8080");
  }

  @Test
  void plugins() {
    // @start region="plugins"
    try (var host =
        PluginHost.builder().directory(directory).trust(Trust.everything()).build()) {
      host.load().problems().forEach(log::add); // a bad jar is a line of the report

      host.extensions(Supplier.class).forEach(it -> log.add(it.get()));
      host.unload("greeter"); // and looks whether its memory came free
    }
    // @end
    assertThat(log).isEmpty();
  }
}
