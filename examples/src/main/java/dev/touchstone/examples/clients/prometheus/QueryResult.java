package dev.touchstone.examples.clients.prometheus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What a query evaluates to; the type follows from the query. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "resultType")
public sealed interface QueryResult {

  /** The newest value of each series. */
  @JsonTypeName("vector")
  record Vector(List<Sample> result) implements QueryResult {

    /** Copies the list. */
    public Vector {
      result = List.copyOf(result);
    }
  }

  /** Some values of each series. */
  @JsonTypeName("matrix")
  record Matrix(List<Series> result) implements QueryResult {

    /** Copies the list. */
    public Matrix {
      result = List.copyOf(result);
    }
  }

  /** A number. */
  @JsonTypeName("scalar")
  record Scalar(Point result) implements QueryResult {}

  /** A text, with the time at which it was asked for. */
  @JsonTypeName("string")
  record Text(List<Object> result) implements QueryResult {

    /** Copies the list. */
    public Text {
      result = List.copyOf(result);
    }

    /** Returns the text. */
    public String text() {
      return result.getLast().toString();
    }
  }
}
