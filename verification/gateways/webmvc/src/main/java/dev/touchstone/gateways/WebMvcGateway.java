package dev.touchstone.gateways;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway on WebMVC, with the route of application.yaml, and an aggregate by hand. */
@SpringBootApplication
public class WebMvcGateway {

  public static void main(String[] args) {
    SpringApplication.run(WebMvcGateway.class, args);
  }
}
