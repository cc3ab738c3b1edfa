package io.gatehouse.model.patch;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** One allowed path of a family. */
record PatchRule<T extends SdkPojo>(
    Set<Op> ops,
    String template,
    List<String> segments,
    List<String> target,
    UnaryOperator<String> reader,
    boolean keepsEmpty,
    Optional<String> absent,
    Optional<String> wrongOp,
    Optional<PatchRules.Hook<T>> hook) {

  static <T extends SdkPojo> PatchRule<T> of(Set<Op> ops, String template) {
    if (!template.startsWith("/")) {
      throw new IllegalArgumentException("a patch path starts with /, not as " + template);
    }
    List<String> segments = PatchPath.split(template);
    return new PatchRule<>(
        ops,
        template,
        segments,
        segments,
        UnaryOperator.identity(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  PatchRule<T> as(String place) {
    return new PatchRule<>(
        ops, template, segments, PatchPath.split(place), reader, keepsEmpty, absent, wrongOp, hook);
  }

  PatchRule<T> reading(UnaryOperator<String> newReader) {
    return new PatchRule<>(
        ops, template, segments, target, newReader, keepsEmpty, absent, wrongOp, hook);
  }

  PatchRule<T> keepingEmpty() {
    return new PatchRule<>(ops, template, segments, target, reader, true, absent, wrongOp, hook);
  }

  PatchRule<T> orAbsent(String message) {
    return new PatchRule<>(
        ops, template, segments, target, reader, keepsEmpty, Optional.of(message), wrongOp, hook);
  }

  PatchRule<T> orRefuse(String message) {
    return new PatchRule<>(
        ops, template, segments, target, reader, keepsEmpty, absent, Optional.of(message), hook);
  }

  PatchRule<T> by(PatchRules.Hook<T> newHook) {
    return new PatchRule<>(
        ops, template, segments, target, reader, keepsEmpty, absent, wrongOp, Optional.of(newHook));
  }

  Optional<PatchPath> match(String path) {
    return PatchPath.match(segments, path);
  }

  T apply(T shape, Supplier<? extends SdkBuilder<?, T>> builder, Change sent) {
    Change change = sent.op() == Op.REMOVE ? sent : sent.withValue(reader.apply(sent.value()));
    if (hook.isPresent()) {
      return hook.get().apply(shape, change);
    }
    List<String> place = new PatchPath(change.variables()).fill(target);
    TreePatch patch = new TreePatch(change, keepsEmpty, absent);
    return Wire.read(patch.apply(shape, place), builder.get());
  }

  ApiError refuse(PatchOperation operation, Refusal refusal, List<String> paths) {
    return wrongOp
        .map(ApiError::badRequest)
        .orElseGet(() -> refusal.unsupportedOperation(operation, ops, paths));
  }
}
