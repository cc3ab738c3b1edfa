/**
 * IAM policies: reading them strictly and deciding what they say about a request. Pure: what a
 * request is about, time and address included, is handed in. Imitates the "IAM JSON policy
 * reference" of the IAM user guide.
 */
package io.gatehouse.model.policy;
