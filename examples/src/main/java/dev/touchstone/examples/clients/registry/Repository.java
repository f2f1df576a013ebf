package dev.touchstone.examples.clients.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.Delivery;
import dev.touchstone.apiclient.paging.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The images of one name. Got from {@link Registry#repository}.
 *
 * <p>Every method throws an {@link ApiException} if the call fails.
 */
public final class Repository {

  private static final Pattern NAME = Pattern.compile(
      "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final int LONGEST_NAME = 255;

  private final ApiClient api;
  private final String name;
  private final String[] segments;

  Repository(ApiClient api, String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the name of a repository must be words of a-z and 0-9,"
          + " such as library/alpine, and at most 255 characters, was " + name);
    }
    this.api = api;
    this.name = name;
    segments = name.split("/");
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /**
   * Returns the tags, fetched page by page as they are asked for, in the registry's order.
   *
   * @param pageSize how many tags to ask for at once; older registries send all
   */
  public Pages<String> tags(int pageSize) {
    var first = request("GET", "tags/list").query("n", pageSize).as(Tags.class);
    return api.pages(first, new LinkedLists<>(Tags::orNone));
  }

  /** Returns whether the registry has a blob. */
  public boolean hasBlob(Digest digest) {
    var request = request("HEAD", "blobs/{digest}", digest).alsoAccept(404).discard();
    return api.exchange(request).status() != 404;
  }

  /**
   * Uploads a file, unless the registry has its content already. The file is streamed.
   *
   * <p>If the connection breaks at the end of the upload, the registry is asked whether it has the
   * blob: content that is addressed by its digest is there or is not.
   *
   * @return the digest of the content
   * @throws UncheckedIOException if the file cannot be read
   */
  public Digest upload(Path file) {
    var digest = digestOf(file);
    if (!hasBlob(digest)) {
      var begun = api.exchange(request("POST", "blobs/uploads/").idempotent().discard());
      finish(uploadAt(begun), file, digest);
    }
    return digest;
  }

  /**
   * Downloads a blob. The file is there when it is whole and has the right digest, and not before.
   *
   * @throws CorruptContentException if the content has another digest
   * @throws UncheckedIOException if the file cannot be written
   */
  public void download(Digest digest, Path file) {
    Path part;
    try {
      part = Files.createTempFile(file.toAbsolutePath().getParent(), ".blob-", ".part");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    try {
      var request = request("GET", "blobs/{digest}", digest).discard();
      verify(digest, api.stream(request, response -> save(response.body(), part)));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      delete(part);
    }
  }

  /** Puts a manifest, under its digest and a tag, in place of what the tag named before. */
  public Digest put(String tag, Manifest manifest) {
    api.exchange(request("PUT", "manifests/{tag}", tag)
        .body(BodySource.of(manifest.mediaType(), manifest.content()))
        .discard());
    return manifest.digest();
  }

  /**
   * Returns the manifest that a tag names; empty if there is no such tag or repository.
   *
   * @throws CorruptContentException if its digest is not the one that the registry tells; one of
   *     another algorithm than SHA-256 is not compared
   */
  public Optional<Manifest> manifest(String tag) {
    return fetch(tag, null);
  }

  /**
   * Returns the manifest of a digest; empty if there is none.
   *
   * @throws CorruptContentException if the registry sends another
   */
  public Optional<Manifest> manifest(Digest digest) {
    return fetch(digest.text(), digest);
  }

  /** Deletes a manifest and with it all of its tags. Registries do not allow it unless told to. */
  public void delete(Digest manifest) {
    api.exchange(request("DELETE", "manifests/{digest}", manifest).discard());
  }

  private Optional<Manifest> fetch(String reference, @Nullable Digest expected) {
    ApiResponse<byte[]> answer;
    try {
      answer = api.exchange(request("GET", "manifests/{reference}", reference)
          .header("Accept", Manifest.OCI_IMAGE + ", " + Manifest.DOCKER_IMAGE)
          .asBytes());
    } catch (RegistryException refused) {
      if (refused.has("MANIFEST_UNKNOWN") || refused.has("NAME_UNKNOWN")) {
        return Optional.empty();
      }
      throw refused;
    }
    var type = answer.headers().first("Content-Type").orElse(Manifest.DOCKER_IMAGE);
    var told = answer.headers().first("Docker-Content-Digest").flatMap(Digest::parse);
    var actual = Digest.of(answer.body());
    verify(expected == null ? told.orElse(actual) : expected, actual);
    return Optional.of(new Manifest(type, new String(answer.body(), UTF_8)));
  }

  /* One attempt: the address is good for one upload, so a second one would be told that the upload
   * is not known, which says nothing about what became of the first. */
  private void finish(URI upload, Path file, Digest digest) {
    var request = ApiRequest.of("PUT", upload)
        .query("digest", digest)
        .body(BodySource.of("application/octet-stream", file))
        .retry(policy -> policy.toBuilder().maxAttempts(1).build())
        .discard();
    try {
      api.exchange(request);
    } catch (ApiException failure) {
      if (failure.delivery() != Delivery.UNKNOWN || !hasBlob(digest)) {
        throw failure;
      }
    }
  }

  private static URI uploadAt(ApiResponse<?> begun) {
    return begun
        .link("Location")
        .orElseThrow(() -> new IllegalStateException(
            "the registry must answer the start of an upload with a Location, but did not"));
  }

  /** A name of several segments takes a variable for each: none can leave its segment. */
  private ApiRequest.Builder request(String method, String rest, Object... variables) {
    var all = new Object[segments.length + variables.length];
    System.arraycopy(segments, 0, all, 0, segments.length);
    System.arraycopy(variables, 0, all, segments.length, variables.length);
    return ApiRequest.of(method, "v2/" + "{name}/".repeat(segments.length) + rest, all);
  }

  private static Digest digestOf(Path file) {
    try {
      return Digest.of(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Digest save(InputStream content, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      return Digest.copy(content, out);
    }
  }

  private static void verify(Digest expected, Digest actual) {
    if (!expected.equals(actual)) {
      throw new CorruptContentException(expected, actual);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Null, in older registries, once all tags are deleted. */
  private record Tags(@Nullable List<String> tags) {

    List<String> orNone() {
      return tags == null ? List.of() : tags;
    }
  }
}
