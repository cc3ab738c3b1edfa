/**
 * Small things of the vendor's that are not API Gateway itself: ids, ARNs, and request signatures
 * (Signature Version 4). Pure functions; clocks and randomness are passed in.
 */
package io.gatehouse.model.aws;
