package dev.touchstone.examples.clients.github;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A repository.
 *
 * @param id GitHub's number for it, which survives a change of name
 * @param fullName owner and name, such as {@code octocat/hello-world}
 * @param stars how many people keep an eye on it
 */
public record Repo(
    long id,
    @JsonProperty("full_name") String fullName,
    @JsonProperty("stargazers_count") int stars) {}
