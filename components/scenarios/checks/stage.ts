/**
 * The cluster holds exactly these objects of the stage, and no others with its label: nothing that another step left
 * behind, nothing that is missing.
 */
export interface StageCheck {
  readonly kind: "stage";
  /** Keys as `objectKey` writes them: `Service default/httpbin`. */
  readonly objects: readonly string[];
}
