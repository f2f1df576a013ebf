package dev.touchstone.examples.clients.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, run. */
class SnippetsTest {

  @TempDir
  Path folder;

  @Test
  void push() throws Exception {
    var layer = Files.writeString(folder.resolve("config"), "{}");
    try (var server = RegistryServer.start(folder)) {
      var url = server.url();
      // @start region="push"
      try (var registry = Registry.connect(url)) {
        var stones = registry.repository("library/stones");
        var config = stones.upload(layer); // streamed, and only if it is not there
        stones.put("latest", new Manifest(Manifest.OCI_IMAGE, """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[],
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,"digest":"%s"}}
            """.formatted(config)));

        for (var name : registry.repositories(100)) {
          System.out.println(
              name + ": " + registry.repository(name).tags(100).stream().toList());
        }
        // @end
        assertThat(registry.repositories(100)).containsExactly("library/stones");
      }
    }
  }
}
