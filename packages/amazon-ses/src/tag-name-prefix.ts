/** Begins the names under which our tags, which have no names, travel as message tags: `gf_tag_1`, `gf_tag_2`. */
export const tagNamePrefix = "gf_tag_";
