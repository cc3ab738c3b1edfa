package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.VpcLink;

/** A way into a private network. */
@Entity
@Table(name = "vpc_link")
public class StoredVpcLink extends StoredRow {

  @Column(name = "link_id")
  private String linkId;

  private String body;

  private long revision;

  protected StoredVpcLink() {}

  StoredVpcLink(String account, VpcLink body, long revision) {
    super(account);
    this.linkId = body.id();
    replace(body, revision);
  }

  void replace(VpcLink next, long newRevision) {
    body = Documents.text(Wire.write(next));
    revision = newRevision;
  }

  StoredVpcLink touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public VpcLink body() {
    return Wire.read(Documents.json(body), VpcLink.builder());
  }

  public String linkId() {
    return linkId;
  }

  public long revision() {
    return revision;
  }
}
