package io.gatehouse.model.patch;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** How a family words the refusal of a patch operation; the vendor has several dialects. */
public interface Refusal {

  /** No rule knows the path, which may be null. */
  ApiError unknownPath(PatchOperation operation, List<String> paths);

  /** A rule knows the path, but not this operation on it. */
  ApiError unsupportedOperation(PatchOperation operation, Set<Op> allowed, List<String> paths);

  /** As REST APIs, methods and integrations: the path, or the operations the path allows. */
  Refusal NAMING_PATH =
      new Refusal() {
        @Override
        public ApiError unknownPath(PatchOperation operation, List<String> paths) {
          return ApiError.badRequest("Invalid patch path " + operation.path());
        }

        @Override
        public ApiError unsupportedOperation(
            PatchOperation operation, Set<Op> allowed, List<String> paths) {
          List<String> names = allowed.stream().map(Op::toString).sorted().toList();
          return ApiError.badRequest("Invalid patch operation specified. Must be one of: " + names);
        }
      };

  /** As gateway responses: only ever the path. */
  Refusal NAMING_PATH_ONLY =
      new Refusal() {
        @Override
        public ApiError unknownPath(PatchOperation operation, List<String> paths) {
          return NAMING_PATH.unknownPath(operation, paths);
        }

        @Override
        public ApiError unsupportedOperation(
            PatchOperation operation, Set<Op> allowed, List<String> paths) {
          return NAMING_PATH.unknownPath(operation, paths);
        }
      };

  /** As request validators, resources, models and API keys; the two blanks are the vendor's. */
  Refusal LISTING_PATHS =
      new Refusal() {
        @Override
        public ApiError unknownPath(PatchOperation operation, List<String> paths) {
          String start =
              "Invalid patch path  '%s' specified for op '%s'. "
                  .formatted(operation.path(), operation.opAsString());
          return ApiError.badRequest(
              operation.op() == Op.REPLACE
                  ? start + "Must be one of: " + paths
                  : start + "Please choose supported operations");
        }

        @Override
        public ApiError unsupportedOperation(
            PatchOperation operation, Set<Op> allowed, List<String> paths) {
          return unknownPath(operation, paths);
        }
      };

  /** One sentence for both cases, formatted with the path and the list of paths. */
  static Refusal listing(String format) {
    return new Refusal() {
      @Override
      public ApiError unknownPath(PatchOperation operation, List<String> paths) {
        return ApiError.badRequest(format.formatted(operation.path(), paths));
      }

      @Override
      public ApiError unsupportedOperation(
          PatchOperation operation, Set<Op> allowed, List<String> paths) {
        return unknownPath(operation, paths);
      }
    };
  }
}
