package io.gatehouse.admin.awsface;

import io.gatehouse.admin.guard.Caller;

/** A service beside the vendor's API Gateway, found by the scope of a request's signature. */
@FunctionalInterface
interface OwnService {

  /** The request's signature is right. */
  Answer answer(Caller caller, Incoming in, byte[] body) throws Exception;
}
