package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * Snapshots as bytes: one line of text {@code gatehouse FORMAT KIND REVISION SHA256}, then gzip
 * JSON. The line is enough to compare revisions without unpacking; the hash is that of the JSON and
 * tells a half-written copy from a whole one. Unknown members are ignored, so old and new nodes
 * live side by side.
 */
public final class SnapshotCodec {

  /** Raised only when an older node could misread a snapshot. */
  public static final int FORMAT = 1;

  /** No honest snapshot comes near; a larger one is refused rather than unpacked. */
  private static final int MAX_JSON_BYTES = 64 << 20;

  private static final String MAGIC = "gatehouse";

  /** Nodes ask for a hash with each request that has an API key; looking one up costs as much. */
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(SnapshotCodec::newSha256);

  /** What can be read without unpacking. */
  public record Header(int format, String kind, long revision, String sha256, int length) {}

  /** The bytes are not a whole snapshot, or one of a newer format. */
  public static final class UnreadableSnapshot extends Exception {
    public UnreadableSnapshot(String message) {
      super(message);
    }
  }

  private SnapshotCodec() {}

  public static byte[] encode(Snapshot snapshot) {
    byte[] json = json(snapshot).toString().getBytes(StandardCharsets.UTF_8);
    String head =
        String.join(" ", MAGIC, "" + FORMAT, kind(snapshot), "" + snapshot.revision(), sha256(json))
            + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4 + head.length());
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** As much of a snapshot, damaged or not, as its header is read from. */
  public static byte[] firstLine(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.min(bytes.length, lineEnd(bytes) + 1));
  }

  private static int lineEnd(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && end < 200 && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  public static Header header(byte[] bytes) throws UnreadableSnapshot {
    int end = lineEnd(bytes);
    String[] words = new String(bytes, 0, end, StandardCharsets.US_ASCII).split(" ");
    if (end == bytes.length || words.length != 5 || !words[0].equals(MAGIC)) {
      throw new UnreadableSnapshot("not a snapshot: the first line is damaged");
    }
    try {
      return new Header(
          Integer.parseInt(words[1]), words[2], Long.parseLong(words[3]), words[4], end + 1);
    } catch (NumberFormatException e) {
      throw new UnreadableSnapshot("not a snapshot: the first line is damaged");
    }
  }

  public static Snapshot decode(byte[] bytes) throws UnreadableSnapshot {
    Header header = header(bytes);
    if (header.format() > FORMAT) {
      throw new UnreadableSnapshot(
          "snapshot format " + header.format() + " is newer than this node's " + FORMAT);
    }
    byte[] json = unpack(bytes, header.length());
    if (!sha256(json).equals(header.sha256())) {
      throw new UnreadableSnapshot("the content does not match its hash");
    }
    try (var reader = JSON.createReader(new ByteArrayInputStream(json))) {
      return snapshot(header, reader.readObject());
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | IllegalArgumentException
        | ApiError e) {
      throw new UnreadableSnapshot(
          "the content is not a " + header.kind() + " snapshot: " + e.getMessage());
    }
  }

  /** 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(SHA256.get().digest(bytes));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unpack(byte[] bytes, int from) throws UnreadableSnapshot {
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(Arrays.copyOfRange(bytes, from, bytes.length)))) {
      byte[] json = in.readNBytes(MAX_JSON_BYTES + 1);
      if (json.length > MAX_JSON_BYTES) {
        throw new UnreadableSnapshot("larger than " + MAX_JSON_BYTES + " bytes");
      }
      return json;
    } catch (IOException e) {
      throw new UnreadableSnapshot("the content is cut off or damaged: " + e.getMessage());
    }
  }

  private static String kind(Snapshot snapshot) {
    return switch (snapshot) {
      case StageSnapshot s -> "stage";
      case PlanSnapshot p -> "plan";
      case KeySnapshot k -> "key";
      case AccountSnapshot a -> "account";
      case DomainSnapshot d -> "domain";
      case BackendAccessSnapshot b -> "backend-access";
      case VpcLinkSnapshot v -> "vpclink";
      case FunctionSnapshot f -> "function";
      case PrincipalSnapshot p -> "principal";
      case UserPoolSnapshot u -> "user-pool";
      case Tombstone t -> "tombstone";
      case Catalog c -> "catalog";
    };
  }

  private static JsonObject json(Snapshot snapshot) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    return switch (snapshot) {
      case StageSnapshot s -> {
        out.add("account", s.account())
            .add("region", s.region())
            .add("apiId", s.apiId())
            .add("stage", Wire.write(s.stage()))
            .add("definition", s.definition().toJson());
        s.certificate().ifPresent(c -> out.add("clientCertificate", json(c)));
        s.canary()
            .filter(canary -> !isOwnDeployment(s.stage()))
            .ifPresent(canary -> out.add("canaryDefinition", canary.toJson()));
        if (s.cacheGeneration() != 0) {
          out.add("cacheGeneration", s.cacheGeneration());
        }
        yield out.build();
      }
      case PlanSnapshot p -> MeteringJson.write(p);
      case KeySnapshot k -> MeteringJson.write(k);
      case AccountSnapshot a -> MeteringJson.write(a);
      case DomainSnapshot d ->
          out.add("account", d.account())
              .add("name", d.name())
              .add("mappings", mappings(d.mappings()))
              .build();
      case BackendAccessSnapshot b -> BackendAccessJson.write(b);
      case VpcLinkSnapshot v -> BackendAccessJson.write(v);
      case FunctionSnapshot f -> FunctionJson.write(f);
      case PrincipalSnapshot p -> IdentityJson.write(p);
      case UserPoolSnapshot u -> IdentityJson.write(u);
      case Tombstone t -> out.add("key", t.key()).build();
      case Catalog c ->
          out.add("snapshots", c.snapshots()).add("publishedAt", c.publishedAt()).build();
    };
  }

  private static Snapshot snapshot(Header header, JsonObject in) throws UnreadableSnapshot {
    long revision = header.revision();
    return switch (header.kind()) {
      case "stage" -> stage(revision, in);
      case "plan" -> MeteringJson.plan(revision, in);
      case "key" -> MeteringJson.key(revision, in);
      case "account" -> MeteringJson.account(revision, in);
      case "domain" ->
          new DomainSnapshot(
              revision,
              in.getString("account"),
              in.getString("name"),
              mappings(in.getJsonObject("mappings")));
      case "backend-access" -> BackendAccessJson.read(revision, in);
      case "vpclink" -> BackendAccessJson.vpcLink(revision, in);
      case "function" -> FunctionJson.read(revision, in);
      case "principal" -> IdentityJson.principal(revision, in);
      case "user-pool" -> IdentityJson.userPool(revision, in);
      case "tombstone" -> new Tombstone(in.getString("key"), revision);
      case "catalog" ->
          new Catalog(
              revision,
              in.getInt("snapshots"),
              in.containsKey("publishedAt") ? in.getJsonNumber("publishedAt").longValueExact() : 0);
      default -> throw new UnreadableSnapshot("unknown kind of snapshot: " + header.kind());
    };
  }

  private static StageSnapshot stage(long revision, JsonObject in) {
    Stage stage = Wire.read(in.getJsonObject("stage"), Stage.builder());
    ApiDefinition definition = ApiDefinition.fromJson(in.getJsonObject("definition"));
    Optional<ApiDefinition> canary =
        isOwnDeployment(stage)
            ? Optional.of(definition)
            : Optional.ofNullable(in.getJsonObject("canaryDefinition"))
                .map(ApiDefinition::fromJson);
    return new StageSnapshot(
        revision,
        in.getString("account"),
        in.getString("region"),
        in.getString("apiId"),
        stage,
        definition,
        Optional.ofNullable(in.getJsonObject("clientCertificate")).map(SnapshotCodec::certificate),
        canary,
        in.containsKey("cacheGeneration")
            ? in.getJsonNumber("cacheGeneration").longValueExact()
            : 0);
  }

  /** A canary of the stage's own deployment travels without a copy of the definition. */
  private static boolean isOwnDeployment(Stage stage) {
    return stage.canarySettings() != null
        && Objects.equals(stage.canarySettings().deploymentId(), stage.deploymentId());
  }

  private static JsonObjectBuilder json(SealedCertificate certificate) {
    return JSON.createObjectBuilder()
        .add("id", certificate.id())
        .add("certificate", certificate.certificate())
        .add("sealedKey", certificate.sealedKey());
  }

  private static SealedCertificate certificate(JsonObject in) {
    return new SealedCertificate(
        in.getString("id"), in.getString("certificate"), in.getString("sealedKey"));
  }

  private static JsonObjectBuilder mappings(Map<String, BasePath> mappings) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    new TreeMap<>(mappings)
        .forEach(
            (basePath, target) -> {
              JsonObjectBuilder one = JSON.createObjectBuilder().add("apiId", target.apiId());
              target.stageName().ifPresent(name -> one.add("stage", name));
              out.add(basePath, one);
            });
    return out;
  }

  private static Map<String, BasePath> mappings(JsonObject in) {
    Map<String, BasePath> out = new LinkedHashMap<>();
    in.forEach(
        (basePath, target) ->
            out.put(
                basePath,
                new BasePath(
                    target.asJsonObject().getString("apiId"),
                    Optional.ofNullable(target.asJsonObject().getString("stage", null)))));
    return out;
  }
}
