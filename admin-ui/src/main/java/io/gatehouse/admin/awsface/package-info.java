/**
 * The management API's door: HTTP in the vendor's protocols, told apart by the signature's scope,
 * in front of the operations. Verifies signatures, matches, decodes, calls, encodes; holds no rule
 * of any resource. Imitates the REST-JSON protocol of API Gateway v1 and the Query protocol of STS.
 */
package io.gatehouse.admin.awsface;
