package dev.touchstone.gateways;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway on WebFlux, with the route of application.yaml. */
@SpringBootApplication
public class WebFluxGateway {

  public static void main(String[] args) {
    SpringApplication.run(WebFluxGateway.class, args);
  }
}
