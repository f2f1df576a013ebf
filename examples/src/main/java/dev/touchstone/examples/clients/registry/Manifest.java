package dev.touchstone.examples.clients.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The description of an image. Its digest depends on every character, so it is kept as it is written.
 *
 * @param mediaType the kind of manifest
 * @param json the description
 */
public record Manifest(String mediaType, String json) {

  /** The media type of the Open Container Initiative's image manifests. */
  public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";

  /** The media type of Docker's image manifests. */
  public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";

  /** Checks that nothing is null. */
  public Manifest {
    requireNonNull(mediaType, "mediaType");
    requireNonNull(json, "json");
  }

  /** Returns the digest, by which a registry knows the manifest. */
  public Digest digest() {
    return Digest.of(content());
  }

  byte[] content() {
    return json.getBytes(UTF_8);
  }
}
