package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** A version of a function; {@code $LATEST} is the one that changes. */
@Entity
@Table(name = "function_version")
public class StoredFunctionVersion extends StoredRow {

  @Column(name = "function_name")
  private String functionName;

  private String version;

  @Column(name = "code_sha256")
  private String codeSha256;

  /** Hashes of the layers' archives with commas between. */
  @Column(name = "layer_codes")
  private String layerCodes;

  private String body;

  /** A JSON object; null for none. */
  @Column(name = "sealed_environment")
  private String sealedEnvironment;

  protected StoredFunctionVersion() {}

  StoredFunctionVersion(StoredFunction function, String version) {
    super(function.account());
    this.functionName = function.functionName();
    this.version = version;
  }

  /** What a version runs, apart from its environment. */
  public record Content(
      FunctionConfiguration configuration, String codeSha256, List<String> layers) {
    public Content {
      layers = List.copyOf(layers);
    }
  }

  void replace(Content next, String nextSealedEnvironment) {
    body = Documents.text(Wire.write(next.configuration()));
    codeSha256 = next.codeSha256();
    layerCodes = String.join(",", next.layers());
    sealedEnvironment = nextSealedEnvironment;
  }

  /** The configuration is without environment. */
  public Content content() {
    return new Content(
        Wire.read(Documents.json(body), FunctionConfiguration.builder()),
        codeSha256,
        layerCodes.isEmpty() ? List.of() : List.of(layerCodes.split(",")));
  }

  Optional<String> sealedEnvironment() {
    return Optional.ofNullable(sealedEnvironment);
  }

  public String functionName() {
    return functionName;
  }

  public String version() {
    return version;
  }
}
