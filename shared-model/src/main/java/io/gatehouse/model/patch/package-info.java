/**
 * Patch documents: which paths of a shape may be changed is data ({@link
 * io.gatehouse.model.patch.PatchRules}); text becomes typed members in one place. Imitates the
 * "patch operations" page of the API Gateway v1 reference. Rules about meaning (a deployment must
 * exist) come in as hooks; nothing here knows a resource family.
 */
package io.gatehouse.model.patch;
