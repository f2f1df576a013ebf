package dev.touchstone.examples.clients.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.TransportException;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real docker-registry. */
class RegistryTest {

  private static final AtomicInteger UNIQUE = new AtomicInteger();

  @TempDir
  static Path data;

  @AutoClose
  static RealServer server;

  @TempDir
  Path folder;

  @AutoClose
  private Registry registry;

  private Repository stones;

  @BeforeAll
  static void start() throws Exception {
    server = RegistryServer.start(data);
  }

  @BeforeEach
  void connect() {
    registry = Registry.connect(server.url());
    stones = registry.repository("stones/agate-" + UNIQUE.incrementAndGet());
  }

  /** An image without layers, told apart by its comment. */
  private static Manifest image(Repository repository, Path folder, String comment)
      throws IOException {
    var config = Files.writeString(folder.resolve("config"), "{\"comment\":\"" + comment + "\"}");
    var digest = repository.upload(config);
    return new Manifest(
        Manifest.DOCKER_IMAGE, """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},
         "layers":[]}
        """.formatted(Manifest.DOCKER_IMAGE, Files.size(config), digest));
  }

  private static Path file(Path folder, int bytes) throws IOException {
    var content = new byte[bytes];
    new Random(UNIQUE.incrementAndGet()).nextBytes(content);
    return Files.write(folder.resolve("layer"), content);
  }

  @Nested
  class Lists {

    @Test
    void areReadPageByPage(@TempDir Path own) throws Exception {
      var pages = new AtomicInteger();
      var counting = okHttp(chain -> {
        pages.incrementAndGet();
        return chain.proceed(chain.request());
      });
      try (var five = RegistryServer.start(own);
          var client = ApiClient.builder(five.url()).okHttp(counting).build();
          var catalog = Registry.over(client)) {
        for (var name : new String[] {"a", "b", "c/d", "e", "f"}) {
          var repository = catalog.repository(name);
          repository.put("1", image(repository, folder, name));
        }
        pages.set(0);

        assertThat(catalog.repositories(2)).containsExactly("a", "b", "c/d", "e", "f");
        assertThat(pages).hasValue(3);
        assertThat(catalog.repositories(2).stream().limit(2)).containsExactly("a", "b");
        assertThat(pages).hasValue(4);
      }
    }

    @Test
    void stayWithTheRegistryWhateverItsLinksSay() {
      var links = new ArrayDeque<>(List.of(
          "<http://evil.test/v2/_catalog?last=a&n=1>; rel=\"next\"",
          "<?last=b>; rel=\"next\"",
          ""));
      var transport = new ScriptedTransport(
          request -> ScriptedTransport.json(request, 200, "{\"repositories\":[\"a\"]}")
              .newBuilder()
              .header("Link", links.remove())
              .build());
      try (var client =
              ApiClient.builder("http://registry.test/").transport(transport).build();
          var scripted = Registry.over(client)) {
        assertThat(scripted.repositories(1)).hasSize(3);
      }

      assertThat(transport.requests())
          .extracting(request -> request.url().toString())
          .containsExactly(
              "http://registry.test/v2/_catalog?n=1",
              "http://registry.test/v2/_catalog?last=a&n=1",
              "http://registry.test/v2/_catalog?last=b");
    }

    @Test
    void ofTagsAreWhole() throws Exception {
      var image = image(stones, folder, "tags");
      for (var tag : new String[] {"1", "2", "latest"}) {
        stones.put(tag, image);
      }

      assertThat(stones.tags(2)).containsExactlyInAnyOrder("1", "2", "latest");
      stones.delete(image.digest());
      assertThat(stones.tags(2)).isEmpty();
    }
  }

  @Nested
  class Blobs {

    @Test
    void comeBackAsTheyWere() throws Exception {
      var file = file(folder, 5_000_000);
      var target = folder.resolve("back");

      var digest = stones.upload(file);
      stones.download(digest, target);

      assertThat(target).hasSameBinaryContentAs(file);
      assertThat(digest).isEqualTo(Digest.of(file));
      assertThat(stones.hasBlob(digest)).isTrue();
      assertThat(stones.hasBlob(Digest.of(new byte[] {1}))).isFalse();
    }

    @Test
    void thatAreThereAreNotSentAgain() throws Exception {
      var file = file(folder, 1_000);
      var puts = new AtomicInteger();
      var counting = okHttp(chain -> {
        puts.addAndGet(chain.request().method().equals("PUT") ? 1 : 0);
        return chain.proceed(chain.request());
      });
      try (var client = ApiClient.builder(server.url()).okHttp(counting).build();
          var counted = Registry.over(client)) {
        counted.repository(stones.name()).upload(file);
        counted.repository(stones.name()).upload(file);
      }

      assertThat(puts).hasValue(1);
    }

    @Test
    void whoseLastAnswerIsLostAreFoundToBeThere() throws Exception {
      var file = file(folder, 1_000);
      var losing = okHttp(chain -> {
        var response = chain.proceed(chain.request());
        if (isUpload(chain.request())) {
          response.close();
          throw new IOException("the answer is lost");
        }
        return response;
      });
      try (var client = ApiClient.builder(server.url()).okHttp(losing).build();
          var unlucky = Registry.over(client)) {
        assertThat(unlucky.repository(stones.name()).upload(file)).isEqualTo(Digest.of(file));
      }
      assertThat(stones.hasBlob(Digest.of(file))).isTrue();
    }

    @Test
    void whoseUploadIsLostAreNotTakenForThere() throws Exception {
      var file = file(folder, 1_000);
      var losing = okHttp(chain -> {
        if (isUpload(chain.request())) {
          throw new IOException("the request is lost");
        }
        return chain.proceed(chain.request());
      });
      try (var client = ApiClient.builder(server.url()).okHttp(losing).build();
          var unlucky = Registry.over(client)) {
        var repository = unlucky.repository(stones.name());

        assertThatThrownBy(() -> repository.upload(file)).isInstanceOf(TransportException.class);
      }
      assertThat(stones.hasBlob(Digest.of(file))).isFalse();
    }

    @Test
    void thatWereForgedAreNotKept() throws Exception {
      var digest = stones.upload(file(folder, 1_000));
      var other = stones.upload(file(folder, 1_000));
      var target = folder.resolve("target");
      var forging = okHttp(chain -> {
        var url = chain
            .request()
            .url()
            .toString()
            .replace(digest.text().substring(7), other.text().substring(7));
        return chain.proceed(chain.request().newBuilder().url(url).build());
      });
      try (var client = ApiClient.builder(server.url()).okHttp(forging).build();
          var forged = Registry.over(client)) {
        var repository = forged.repository(stones.name());

        assertThatThrownBy(() -> repository.download(digest, target))
            .isInstanceOf(CorruptContentException.class)
            .hasMessage("the content must have the digest " + digest + ", has " + other
                + "; fetch it again, and distrust the registry if that does not help");
      }
      assertThat(folder).isDirectoryNotContaining("glob:**{target,.part}");
    }

    @Test
    void thatDoNotExistFailAndLeaveNoFile() {
      var nothing = Digest.of(new byte[] {1, 2, 3});

      assertThatThrownBy(() -> stones.download(nothing, folder.resolve("nothing")))
          .isInstanceOfSatisfying(
              RegistryException.class,
              failure -> assertThat(failure.has("BLOB_UNKNOWN")).isTrue());
      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ofAFileThatDoesNotExistFail() {
      assertThatThrownBy(() -> stones.upload(folder.resolve("nowhere")))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Nested
  class Manifests {

    @Test
    void areFoundByTagAndByDigest() throws Exception {
      var image = image(stones, folder, "found");

      var digest = stones.put("1.0", image);

      assertThat(stones.manifest("1.0")).contains(image);
      assertThat(stones.manifest(digest)).contains(image);
    }

    @Test
    void thatDoNotExistAreEmpty() throws Exception {
      assertThat(stones.manifest("1.0")).isEmpty();
      stones.put("1.0", image(stones, folder, "one"));
      assertThat(stones.manifest("2.0")).isEmpty();
      assertThat(stones.manifest(Digest.of(new byte[0]))).isEmpty();
    }

    @Test
    void thatMakeNoSenseAreRefused() {
      var nonsense = new Manifest(Manifest.DOCKER_IMAGE, "{}");

      var failure =
          catchThrowableOfType(RegistryException.class, () -> stones.put("1.0", nonsense));

      assertThat(failure.status()).isEqualTo(400);
      assertThat(failure.reasons())
          .containsExactly(new RegistryException.Reason("MANIFEST_INVALID", "manifest invalid"));
    }

    @Test
    void whoseBlobsAreMissingAreRefused() {
      var image = new Manifest(
          Manifest.OCI_IMAGE, """
          {"schemaVersion":2,"mediaType":"%s","layers":[],
           "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":1,"digest":"%s"}}
          """.formatted(Manifest.OCI_IMAGE, Digest.of(new byte[] {9})));

      assertThatThrownBy(() -> stones.put("1.0", image))
          .isInstanceOfSatisfying(
              RegistryException.class,
              failure -> assertThat(failure.has("MANIFEST_BLOB_UNKNOWN")).isTrue());
    }

    @Test
    void areTakenWhereTheRegistryTellsADigestOfAnotherAlgorithm() {
      var transport = new ScriptedTransport(request -> ScriptedTransport.json(request, 200, "{}")
          .newBuilder()
          .header("Docker-Content-Digest", "sha512:" + "a".repeat(128))
          .build());
      try (var client =
              ApiClient.builder("http://registry.test/").transport(transport).build();
          var scripted = Registry.over(client)) {
        assertThat(scripted.repository("stones").manifest("1").map(Manifest::json))
            .contains("{}");
      }
    }

    @Test
    void thatWereForgedAreNoticed() throws Exception {
      var wanted = stones.put("1.0", image(stones, folder, "wanted"));
      var other = stones.put("2.0", image(stones, folder, "other"));
      var forging = okHttp(chain -> {
        var url = chain
            .request()
            .url()
            .toString()
            .replace(wanted.text().substring(7), other.text().substring(7));
        return chain.proceed(chain.request().newBuilder().url(url).build());
      });
      try (var client = ApiClient.builder(server.url()).okHttp(forging).build();
          var forged = Registry.over(client)) {
        var repository = forged.repository(stones.name());

        assertThatThrownBy(() -> repository.manifest(wanted))
            .isInstanceOf(CorruptContentException.class);
      }
    }
  }

  @Nested
  class Names {

    @Test
    void thatARegistryWouldRefuseAreNotSent() {
      for (var name : new String[] {"", "/", "Upper", "a//b", "../a", "a/../b", "a b", "a_-b"}) {
        assertThatThrownBy(() -> registry.repository(name))
            .hasMessage("the name of a repository must be words of a-z and 0-9,"
                + " such as library/alpine, and at most 255 characters, was " + name);
      }
    }

    @Test
    void ofContentAreDigests() {
      assertThatThrownBy(() -> new Digest("sha256:ABC"))
          .hasMessage("a digest must be sha256: and 64 hexadecimal digits in lower case,"
              + " was sha256:ABC");
    }
  }

  @Nested
  class Locked {

    @Test
    void opensToTheRightPasswordOnly(@TempDir Path own) throws Exception {
      try (var locked = RegistryServer.startLocked(own);
          var right = ApiClient.builder(locked.url())
              .auth(RequestAuthenticator.basic(RegistryServer.USER, () -> RegistryServer.PASSWORD))
              .build();
          var wrong = ApiClient.builder(locked.url())
              .auth(RequestAuthenticator.basic(RegistryServer.USER, () -> "guessed"))
              .build();
          var keeper = Registry.over(right);
          var stranger = Registry.over(wrong)) {
        var repository = keeper.repository("stones");
        repository.put("1", image(repository, folder, "locked"));

        assertThat(keeper.repositories(10)).containsExactly("stones");
        assertThatThrownBy(() -> stranger.repository("stones").manifest("1"))
            .isInstanceOf(ClientErrorException.class)
            .hasMessageContaining("HTTP 401; check the credentials")
            .hasMessageNotContaining("guessed");
      }
    }
  }

  private static OkHttpClient okHttp(Interceptor interceptor) {
    return new OkHttpClient.Builder().addInterceptor(interceptor).build();
  }

  private static boolean isUpload(Request request) {
    return request.method().equals("PUT") && request.url().encodedPath().contains("/uploads/");
  }
}
