package dev.touchstone.examples.gateway.cache;

import dev.touchstone.examples.gateway.aggregate.Answer;
import dev.touchstone.examples.gateway.aggregate.Answer.Maker;
import dev.touchstone.examples.gateway.aggregate.Inputs;
import java.util.Optional;

/**
 * What a backend knows an answer by. Only an answer that is one backend's, to the byte, has one.
 *
 * @param field the field that asks whether it is still good
 * @param value its value
 */
record Validators(String field, String value) {

  static Optional<Validators> of(Answer answer) {
    if (answer.maker() != Maker.BACKEND) {
      return Optional.empty();
    }
    var source = answer.sources().getFirst();
    return source
        .first("ETag")
        .map(tag -> new Validators(Inputs.IF_NONE_MATCH, tag))
        .or(() -> source
            .first("Last-Modified")
            .map(date -> new Validators(Inputs.IF_MODIFIED_SINCE, date)));
  }
}
