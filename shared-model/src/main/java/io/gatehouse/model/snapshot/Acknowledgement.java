package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.util.Optional;

/**
 * A node's word on one snapshot: the revision it serves now, or why it could not take a newer one.
 *
 * @param sha256 of the snapshot's content, so that two nodes can be seen to serve the same thing
 * @param appliedAt epoch milliseconds by the node's clock
 */
public record Acknowledgement(
    String node,
    String key,
    long revision,
    String sha256,
    long appliedAt,
    Optional<String> failure) {

  /** Where the acknowledgement lies in the cluster's map. */
  public String mapKey() {
    return mapKey(node, key);
  }

  public static String mapKey(String node, String snapshotKey) {
    return snapshotKey + "@" + node;
  }

  public String toJson() {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("node", node)
            .add("key", key)
            .add("revision", revision)
            .add("sha256", sha256)
            .add("appliedAt", appliedAt);
    failure.ifPresent(text -> out.add("failure", text));
    return out.build().toString();
  }

  public static Acknowledgement fromJson(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      JsonObject in = reader.readObject();
      return new Acknowledgement(
          in.getString("node"),
          in.getString("key"),
          in.getJsonNumber("revision").longValue(),
          in.getString("sha256"),
          in.getJsonNumber("appliedAt").longValue(),
          Optional.ofNullable(in.getString("failure", null)));
    }
  }
}
