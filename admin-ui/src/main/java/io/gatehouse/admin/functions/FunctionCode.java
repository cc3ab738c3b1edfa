package io.gatehouse.admin.functions;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.FunctionCodeStore;
import io.gatehouse.admin.store.FunctionCodeStore.Code;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/** Keeps the archives of functions and layers within their bounds. */
@ApplicationScoped
public class FunctionCode {

  private FunctionCodeStore codes;
  private long mostBytes;

  protected FunctionCode() {}

  @Inject
  public FunctionCode(FunctionCodeStore codes, Settings settings) {
    this.codes = codes;
    this.mostBytes = settings.functionStorage();
  }

  /** The archive as it will be known; it is looked at, not kept. */
  static Code described(SdkBytes zip) {
    byte[] bytes = zip.asByteArrayUnsafe();
    return new Code(sha256(bytes), bytes.length, Archive.read(bytes).unpackedSize());
  }

  /**
   * @throws ApiError when the bytes are no archive, or the account keeps too many already
   */
  Code keep(Caller caller, SdkBytes zip) {
    Code code = described(zip);
    if (codes.find(caller, code.sha256()).isPresent()) {
      return code;
    }
    if (codes.size(caller) + code.size() > mostBytes) {
      throw ApiError.of(
          ApiError.Kind.STORAGE_EXCEEDED,
          "Code storage limit exceeded. The account's is %d bytes.".formatted(mostBytes));
    }
    codes.create(caller, code, zip.asByteArrayUnsafe());
    return code;
  }

  Code get(Caller caller, String sha256) {
    return codes
        .find(caller, sha256)
        .orElseThrow(() -> new IllegalStateException("code " + sha256 + " is named but not kept"));
  }

  /** Forgets those that nothing names any more. */
  void sweep(Caller caller, Collection<String> sha256s) {
    codes.sweep(caller, sha256s);
  }

  long kept(Caller caller) {
    return codes.size(caller);
  }

  long mostBytes() {
    return mostBytes;
  }

  /** For a node that is to run it. */
  public Optional<byte[]> archive(String account, String sha256) {
    return codes.archive(account, sha256);
  }

  /** As answers have it. */
  static String inBase64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
