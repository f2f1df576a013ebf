package dev.touchstone.plugins.refine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowStep;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.examples.yaml.YamlNode;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts in the place of a value its code under a secret (HMAC-SHA-256, the first 16 digits): equal values
 * stay equal, and without the secret nobody can try out which value it was.
 */
public final class Anonymise implements Transform {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGITS = 16;
  private static final int SHORTEST_SECRET = 8;

  @Override
  public String name() {
    return "anonymise";
  }

  @Override
  public String about() {
    return "replaces values by codes: equal ones stay equal, and only the secret leads back";
  }

  @Override
  public List<String> options() {
    return List.of("fields", "secret");
  }

  @Override
  public void check(Assignment assignment) {
    fields(assignment);
    secret(assignment);
  }

  private static List<String> fields(Assignment assignment) {
    return assignment.require("fields").items().stream().map(YamlNode::text).toList();
  }

  private static byte[] secret(Assignment assignment) {
    var node = assignment.require("secret");
    if (node.text().length() < SHORTEST_SECRET) {
      throw node.failure("expected a secret of at least %d characters, found a shorter one"
          .formatted(SHORTEST_SECRET));
    }
    return node.text().getBytes(UTF_8);
  }

  @Override
  public RowStep open(Assignment assignment) {
    var fields = fields(assignment);
    var mac = mac(secret(assignment));
    return row -> List.of(anonymous(row, fields, mac));
  }

  private static Mac mac(byte[] secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM + ", for any secret", e);
    }
  }

  private static Row anonymous(Row row, List<String> fields, Mac mac) {
    var changed = row;
    for (var field : fields) {
      var text = row.text(field);
      if (text.isPresent()) {
        var code = HexFormat.of().formatHex(mac.doFinal(text.get().getBytes(UTF_8)));
        changed = changed.with(field, code.substring(0, DIGITS));
      }
    }
    return changed;
  }
}
