package io.gatehouse.admin.logs;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Up to where the spool of each node is stored, in all parts together. Written after the parts, so
 * what it says is true; what it does not say yet the parts know by themselves.
 */
final class StoredPositions {

  private final Path file;
  private Map<String, Position> positions;

  StoredPositions(Path directory) {
    this.file = directory.resolve("positions.json");
    this.positions = read();
  }

  private Map<String, Position> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (InputStream in = Files.newInputStream(file);
        JsonReader reader = JSON.createReader(in)) {
      Map<String, Position> read = new HashMap<>();
      JsonObject nodes = reader.readObject();
      for (String node : nodes.keySet()) {
        JsonObject position = nodes.getJsonObject(node);
        read.put(
            node,
            new Position(
                position.getString("spool"), position.getJsonNumber("number").longValueExact()));
      }
      return Map.copyOf(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonException | ClassCastException | NullPointerException | ArithmeticException e) {
      // Nodes then give again what they still have, and the parts know what of it they have.
      return Map.of();
    }
  }

  /** By the nodes' names. */
  synchronized Map<String, Position> all() {
    return positions;
  }

  /** Does not return before they are on the disk. */
  synchronized void save(Map<String, Position> now) throws IOException {
    if (now.equals(positions)) {
      return;
    }
    JsonObjectBuilder nodes = JSON.createObjectBuilder();
    now.forEach(
        (node, position) ->
            nodes.add(
                node,
                JSON.createObjectBuilder()
                    .add("spool", position.spool())
                    .add("number", position.number())));
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("positions.new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap(nodes.build().toString().getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    positions = Map.copyOf(now);
  }
}
