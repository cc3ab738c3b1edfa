package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;

/** A version of a layer: an archive that functions find unpacked beside their own. */
@Entity
@Table(name = "layer_version")
public class StoredLayerVersion extends StoredRow {

  @Column(name = "layer_name")
  private String layerName;

  private long version;

  @Column(name = "code_sha256")
  private String codeSha256;

  private String body;

  protected StoredLayerVersion() {}

  StoredLayerVersion(
      String account,
      String layerName,
      long version,
      String codeSha256,
      GetLayerVersionResponse body) {
    super(account);
    this.layerName = layerName;
    this.version = version;
    this.codeSha256 = codeSha256;
    this.body = Documents.text(Wire.write(body));
  }

  public GetLayerVersionResponse body() {
    return Wire.read(Documents.json(body), GetLayerVersionResponse.builder());
  }

  public String codeSha256() {
    return codeSha256;
  }

  public String layerName() {
    return layerName;
  }

  public long version() {
    return version;
  }
}
