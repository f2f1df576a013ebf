package dev.touchstone.apiclient.json;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A codec that uses Jackson 3. Instances are safe for use by several threads. */
public final class JacksonCodec implements JsonCodec {

  /* The mapper is asked for when there is something to map: loading it is a good part of a program's
   * start, and who hands on bytes needs none. */
  static final JsonCodec STANDARD = new JacksonCodec(JsonMapper::shared);

  private final Supplier<JsonMapper> mapper;
  private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  private JacksonCodec(Supplier<JsonMapper> mapper) {
    this.mapper = mapper;
  }

  /** Returns a codec that uses the given mapper, with its modules and features. */
  public static JsonCodec of(JsonMapper mapper) {
    requireNonNull(mapper, "mapper");
    return new JacksonCodec(() -> mapper);
  }

  @Override
  public byte[] write(Object value) {
    return mapper.get().writeValueAsBytes(value);
  }

  @Override
  public Object read(InputStream in, Type type) throws IOException {
    Object value = reader(type).readValue(in);
    if (value == null) {
      throw new IOException("the JSON value is null");
    }
    return value;
  }

  private ObjectReader reader(Type type) {
    var reader = readers.get(type);
    return reader != null ? reader : readers.computeIfAbsent(type, this::newReader);
  }

  private ObjectReader newReader(Type type) {
    var mapping = mapper.get();
    return mapping.readerFor(mapping.constructType(type));
  }
}
