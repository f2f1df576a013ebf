package dev.touchstone.examples.gateway.mock;

import dev.touchstone.examples.gateway.definition.BackendDefinition.Example;
import dev.touchstone.examples.gateway.definition.Bodies;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.Json;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Answers with an example; what stands in a file is read for each request, so that it can be changed.
 *
 * @param example the example
 */
record ExampleHandler(Example example) implements RouteHandler {

  @Override
  public void handle(Exchange exchange) throws ProblemException, IOException {
    exchange.reply(
        HttpStatus.OK_200,
        HttpFields.build().put(HttpHeader.CONTENT_TYPE, "application/json"),
        body(exchange));
  }

  private byte[] body(Exchange exchange) throws ProblemException {
    var value = example.value();
    if (value.isPresent()) {
      return Json.write(Bodies.fill(value.get(), reference -> part(exchange, reference)));
    }
    var file = example.file().orElseThrow(() -> new IllegalStateException("an example is empty"));
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              HttpStatus.INTERNAL_SERVER_ERROR_500, "the example " + file + " cannot be read"),
          HttpFields.EMPTY,
          e);
    }
  }

  private static JsonValue part(Exchange exchange, Reference reference) {
    var text = exchange.parameters().get(reference.toString());
    return text == null ? JsonLiteral.NULL : new JsonText(text);
  }
}
