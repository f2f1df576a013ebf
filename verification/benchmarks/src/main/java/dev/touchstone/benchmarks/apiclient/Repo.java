package dev.touchstone.benchmarks.apiclient;

import java.util.List;

/** The answer that all benchmarks read; about 700 bytes as JSON. */
public record Repo(
    long id,
    String name,
    String fullName,
    String description,
    String language,
    int stars,
    int forks,
    boolean archived,
    List<String> topics) {

  static final String JSON =
      """
      {"id":1296269,"name":"touchstone","fullName":"acme/touchstone","description":"%s",\
      "language":"Java","stars":80,"forks":9,"archived":false,\
      "topics":["http","json","client","retry","rate-limit","java","okhttp","jackson"]}""".formatted("what one holds other work against ".repeat(14).strip());
}
