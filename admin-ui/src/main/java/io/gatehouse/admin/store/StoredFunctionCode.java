package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A zip archive of a function or a layer. */
@Entity
@Table(name = "function_code")
public class StoredFunctionCode extends StoredRow {

  private String sha256;

  private long size;

  @Column(name = "unpacked_size")
  private long unpackedSize;

  private byte[] archive;

  protected StoredFunctionCode() {}

  StoredFunctionCode(String account, FunctionCodeStore.Code code, byte[] archive) {
    super(account);
    this.sha256 = code.sha256();
    this.size = code.size();
    this.unpackedSize = code.unpackedSize();
    this.archive = archive;
  }

  FunctionCodeStore.Code code() {
    return new FunctionCodeStore.Code(sha256, size, unpackedSize);
  }
}
