package dev.touchstone.examples.clients.registry;

import dev.touchstone.examples.clients.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real server, empty. */
public final class RegistryServer {

  static final String USER = "keeper";
  static final String PASSWORD = "sesame";
  private static final String PASSWORDS =
      "keeper:$2b$04$IpEL0sFEz9HXMO0XlfRS.OK6u.e3CtW7m5XgkSPPUigWNDdMVdgni\n";

  private RegistryServer() {}

  public static RealServer start(Path folder) throws Exception {
    return start(folder, "");
  }

  /** Starts a registry that knows one user. */
  static RealServer startLocked(Path folder) throws Exception {
    var passwords = Files.writeString(folder.resolve("passwords"), PASSWORDS);
    return start(folder, "auth: {htpasswd: {realm: stones, path: %s}}\n".formatted(passwords));
  }

  private static RealServer start(Path folder, String more) throws Exception {
    var settings = Files.writeString(
        folder.resolve("registry.yml"), """
        version: 0.1
        log: {level: info, accesslog: {disabled: true}}
        storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
        http: {addr: "127.0.0.1:0"}
        %s""".formatted(folder.resolve("data"), more));
    return RealServer.start("docker-registry", "listening on", "serve", settings.toString());
  }
}
